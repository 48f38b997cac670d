import type { Router } from 'express'
import { channelMessages, channelPresence, listChannels, searchMessages } from '../../shared/api.ts'
import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import { privileged } from '../auth/policy.ts'
import { isoTime } from '../hub/clock.ts'
import type { Hub } from '../hub/hub.ts'
import { memberPage } from '../hub/presence-member.ts'
import type { Channel } from '../hub/subscriptions.ts'
import { searchMessages as searchArchive } from '../store/archive.ts'
import type { Database } from '../store/database.ts'
import { type HistoryPage, type ReadHistory, readPosition, toPage } from './channel-history.ts'
import { assertMay, defineRoute, JsonText, type RouteDeps } from './http.ts'

export interface ChannelsDeps extends RouteDeps {
  hub: Hub
  db: Database['db']
  readHistory: ReadHistory
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
      return toAnswer(await deps.readHistory(caller, { channel: params.name, ...query }))
    },
    deps,
  )

  defineRoute(
    router,
    channelPresence,
    ({ caller, params, query }) => {
      const channel = params.name
      if (!isChannel(channel)) throw new YayinError('invalid_channel', `not a channel name: ${CHANNEL_RULE}`)
      assertMay(caller, { kind: 'subscribe', pattern: channel }, settings)
      const seesAll = privileged(caller)
      const members = hub.presence.members(channel)
      return { ...memberPage(channel, members, query, () => seesAll), total: members.length }
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
      return toAnswer(toPage(rows, limit, hub.epoch))
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

/** Builds the answer from the stored texts, without parsing them. */
function toAnswer({ items, nextCursor }: HistoryPage): JsonText {
  const texts = items.map(({ json }) => json)
  return new JsonText(`{"items":[${texts.join()}],"nextCursor":${JSON.stringify(nextCursor)}}`)
}
