import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import { parsePosition } from '../../shared/protocol.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Caller } from '../auth/caller.ts'
import type { Hub } from '../hub/hub.ts'
import { channelHistory, type FoundMessage } from '../store/archive.ts'
import type { Database } from '../store/database.ts'
import { assertMay, JsonText } from './http.ts'

interface HistoryQuery {
  channel: string
  before?: string | undefined
  after?: string | undefined
  /** Takes the place of `before` or `after`. */
  cursor?: string | undefined
  limit: number
}

/** One page of messages as stored, without parsing them. */
export interface HistoryPage {
  items: { id: string; json: string }[]
  nextCursor: string | null
}

/** Reads one channel's past for whoever may: newest first, or after a position oldest first. */
export type ReadHistory = (caller: Caller, query: HistoryQuery) => Promise<HistoryPage>

interface HistoryDeps {
  hub: Pick<Hub, 'epoch' | 'history'>
  db: Database['db']
  settings: LiveSettings
}

/** Creates the one function that reads a channel's past, for every way of asking for it. */
export function createReadHistory({ hub, db, settings }: HistoryDeps): ReadHistory {
  return async (caller, { channel, before, after, cursor, limit }) => {
    if (!isChannel(channel)) throw new YayinError('invalid_channel', `not a channel name: ${CHANNEL_RULE}`)
    assertMay(caller, { kind: 'read_history', channel }, settings)
    if (before !== undefined && after !== undefined) {
      throw new YayinError('invalid', 'history is read before a position or after one, not both')
    }
    const from = readPosition(cursor ?? before ?? after, hub.epoch)
    const place = from === null ? {} : after === undefined ? { before: from } : { after: from }
    await hub.history.searchable()
    return toPage(await channelHistory(db, channel, { ...place, limit: limit + 1 }), limit, hub.epoch)
  }
}

/** Reads a position of this log; null when none is given. */
export function readPosition(text: string | undefined, epoch: string): number | null {
  if (text === undefined) return null
  const position = parsePosition(text)
  if (position?.epoch === epoch) return position.offset
  const problem = position === null ? 'is no position' : 'is of a log that was replaced'
  throw new YayinError('invalid', `${JSON.stringify(text.slice(0, 100))} ${problem}; positions look like ${epoch}.1`)
}

/** Puts each message's id in front of its text; one row more than `limit` says that there is more. */
export function toPage(rows: readonly FoundMessage[], limit: number, epoch: string): HistoryPage {
  const items = rows.slice(0, limit).map(({ offset, body }) => {
    const id = `${epoch}.${offset}`
    return { id, json: `{"id":"${id}",${body.slice(1)}` }
  })
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null }
}

/** Builds the answer from the stored texts, without parsing them. */
export function toAnswer({ items, nextCursor }: HistoryPage): JsonText {
  const texts = items.map(({ json }) => json)
  return new JsonText(`{"items":[${texts.join()}],"nextCursor":${JSON.stringify(nextCursor)}}`)
}
