import type { Router } from 'express'
import { channelMessages, listChannels, searchMessages } from '../../shared/api.ts'
import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import { parsePosition } from '../../shared/protocol.ts'
import { may } from '../auth/policy.ts'
import { isoTime } from '../hub/clock.ts'
import type { Hub } from '../hub/hub.ts'
import type { Channel } from '../hub/subscriptions.ts'
import { channelHistory, type FoundMessage, searchMessages as searchArchive } from '../store/archive.ts'
import type { Database } from '../store/database.ts'
import { defineRoute, JsonText, type RouteDeps } from './http.ts'

export interface ChannelsDeps extends RouteDeps {
  hub: Hub
  db: Database['db']
}

/** Adds the list of channels, one channel's history and the search of the archive (contract §8). */
export function channelsRoutes(router: Router, deps: ChannelsDeps): void {
  const { hub, db, settings } = deps

  defineRoute(
    router,
    listChannels,
    ({ query }) => {
      const nowMs = Date.now()
      const found = [...hub.subscriptions.channels.values()]
        .filter(({ name }) => query.q === undefined || name.toLowerCase().includes(query.q.toLowerCase()))
        .map((channel) => describe(hub, channel, nowMs))
        .filter(({ subscribers, lastMessageAt }) => subscribers > 0 || lastMessageAt !== null)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
      const after = query.cursor === undefined ? found : found.filter(({ name }) => name > query.cursor!)
      const channels = after.slice(0, query.limit)
      return { channels, nextCursor: after.length > channels.length ? channels.at(-1)!.name : null }
    },
    deps,
  )

  defineRoute(
    router,
    channelMessages,
    async ({ caller, params, query }) => {
      const channel = params.name
      if (!isChannel(channel)) throw new YayinError('invalid_channel', `not a channel name: ${CHANNEL_RULE}`)
      const decision = may(caller, { kind: 'read_history', channel }, settings.values)
      if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
      const { before, after, cursor, limit } = query
      if (before !== undefined && after !== undefined) {
        throw new YayinError('invalid', 'history is read before a position or after one, not both')
      }
      const forward = after !== undefined
      const from = readPosition(cursor ?? before ?? after, hub.epoch)
      const place = from === null ? {} : forward ? { after: from } : { before: from }
      const rows = await channelHistory(db, channel, { ...place, limit: limit + 1 })
      return toAnswer(rows, limit, hub.epoch)
    },
    deps,
  )

  defineRoute(
    router,
    searchMessages,
    async ({ query }) => {
      const { cursor, limit, ...filters } = query
      const before = readPosition(cursor, hub.epoch)
      const rows = await searchArchive(db, { ...filters, ...(before !== null && { before }), limit: limit + 1 })
      return toAnswer(rows, limit, hub.epoch)
    },
    deps,
  )
}

function describe(hub: Hub, channel: Channel, nowMs: number) {
  return {
    name: channel.name,
    subscribers: hub.subscriptions.subscribers(channel),
    messagesPerSecond: channel.rate.perSecond(nowMs),
    lastMessageAt: channel.lastMessageAt === 0 ? null : isoTime(channel.lastMessageAt),
  }
}

/** Reads a position of this log; null when none is given. */
function readPosition(text: string | undefined, epoch: string): number | null {
  if (text === undefined) return null
  const position = parsePosition(text)
  if (position?.epoch === epoch) return position.offset
  const problem = position === null ? 'is no position' : 'is of a log that was replaced'
  throw new YayinError('invalid', `${JSON.stringify(text.slice(0, 100))} ${problem}; positions look like ${epoch}.1`)
}

/** Builds the answer from the stored texts, without parsing them; one row more than `limit` says that there is more. */
function toAnswer(rows: readonly FoundMessage[], limit: number, epoch: string): JsonText {
  const page = rows.slice(0, limit)
  const items = page.map(({ offset, body }) => `{"id":"${epoch}.${offset}",${body.slice(1)}`)
  const nextCursor = rows.length > limit ? `"${epoch}.${page.at(-1)!.offset}"` : 'null'
  return new JsonText(`{"items":[${items.join()}],"nextCursor":${nextCursor}}`)
}
