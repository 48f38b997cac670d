import type { Router } from 'express'
import { type ChannelInfo, channelMessages, channelPresence, getChannel, listChannels } from '../../shared/api.ts'
import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { wrongCursor, YayinError } from '../../shared/errors.ts'
import { privileged } from '../auth/policy.ts'
import type { Hub } from '../hub/hub.ts'
import { audienceOf, channelInfo, isListed } from '../hub/info.ts'
import { memberPage } from '../hub/presence-member.ts'
import { Channel } from '../hub/subscriptions.ts'
import { keptMessages } from '../store/archive.ts'
import type { Database } from '../store/database.ts'
import { type ReadHistory, toAnswer } from './channel-history.ts'
import { assertMay, defineRoute, type RouteDeps } from './http.ts'

export interface ChannelsDeps extends RouteDeps {
  hub: Hub
  db: Database['db']
  readHistory: ReadHistory
}

const NOTHING_KEPT = { messages: 0, bytes: 0, since: null }

/** Adds the list of channels, and one channel's figures, history and presence (contract §8). */
export function channelsRoutes(router: Router, deps: ChannelsDeps): void {
  const { hub, db, settings } = deps

  defineRoute(
    router,
    listChannels,
    async ({ query }) => {
      if (query.cursor !== undefined && !isChannel(query.cursor)) throw wrongCursor(query.cursor)
      const found = list(hub, query.q)
      const after = query.cursor === undefined ? found : found.filter(({ name }) => name > query.cursor!)
      const page = after.slice(0, query.limit)
      const nextCursor = after.length > page.length ? page.at(-1)!.name : null
      if (!query.kept) return { channels: page, nextCursor }
      const names = page.map(({ name }) => name)
      const kept = await keptMessages(db, names)
      return { channels: page.map((info) => ({ ...info, kept: kept.get(info.name) ?? NOTHING_KEPT })), nextCursor }
    },
    deps,
  )

  defineRoute(
    router,
    getChannel,
    async ({ params }) => {
      const name = checkName(params.name)
      // One that nobody uses gets no record by being looked at.
      const channel = hub.subscriptions.channels.get(name) ?? new Channel(name)
      const kept = (await keptMessages(db, [name])).get(name) ?? NOTHING_KEPT
      return { ...channelInfo(hub, channel, Date.now()), audience: audienceOf(hub, channel), kept }
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
      const channel = checkName(params.name)
      assertMay(caller, { kind: 'subscribe', pattern: channel }, settings)
      const seesAll = privileged(caller)
      const members = hub.presence.members(channel)
      return { ...memberPage(channel, members, query, () => seesAll), total: members.length }
    },
    deps,
  )
}

function checkName(name: string): string {
  if (!isChannel(name)) throw new YayinError('invalid_channel', `not a channel name: ${CHANNEL_RULE}`)
  return name
}

/** The channels in use or used of late whose names hold `q`, by name. */
function list(hub: Hub, q: string | undefined): ChannelInfo[] {
  const nowMs = Date.now()
  const wanted = q?.toLowerCase() ?? ''
  const known = hub.subscriptions.channels
  const elsewhere = [...hub.neighbours.channels()].filter((name) => !known.has(name)).map((name) => new Channel(name))
  return [...known.values(), ...elsewhere]
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map((channel) => channelInfo(hub, channel, nowMs))
    .filter(isListed)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
