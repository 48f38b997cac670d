import { and, asc, desc, eq, gt, gte, lt, lte, type SQL, sql } from 'drizzle-orm'
import { messages } from '../../shared/schema.ts'
import { channelCondition } from './channel-sql.ts'
import type { Db } from './database.ts'
import { likePatterns } from './like.ts'
import { storableText } from './storable.ts'

/** A message of the archive: its offset, and its JSON text as stored, whole but for its `id`. */
export interface FoundMessage {
  offset: number
  body: string
}

/** What to search for; what is left out does not narrow the search. */
export interface MessageSearch {
  /** Part of the message's JSON text, whatever its case. */
  q?: string | undefined
  /** Name or pattern. */
  channel?: string | undefined
  type?: string | undefined
  /** The publishing user's `sub`. */
  from?: string | undefined
  /** ISO 8601; both ends count as inside. */
  since?: string | undefined
  until?: string | undefined
  /** Only older ones than this offset. */
  before?: number | undefined
  limit: number
}

const found = { offset: messages.offset, body: messages.body }

/** Searches the whole archive, newest first. */
export function searchMessages(db: Db, search: MessageSearch): Promise<FoundMessage[]> {
  const { limit } = search
  return db.select(found).from(messages).where(condition(search)).orderBy(desc(messages.offset)).limit(limit)
}

/** Reads one channel: newest first, or with `after` oldest first; neither bound is inside. */
export function channelHistory(
  db: Db,
  channel: string,
  { before, after, limit }: { before?: number | undefined; after?: number | undefined; limit: number },
): Promise<FoundMessage[]> {
  const inside = and(
    eq(messages.channel, channel),
    before === undefined ? undefined : lt(messages.offset, before),
    after === undefined ? undefined : gt(messages.offset, after),
  )
  const order = after === undefined ? desc(messages.offset) : asc(messages.offset)
  return db.select(found).from(messages).where(inside).orderBy(order).limit(limit)
}

function condition({ q, channel, type, from, since, until, before }: MessageSearch): SQL | undefined {
  return and(
    q === undefined ? undefined : sql`${messages.body} ilike any(${sql.param(likePatterns(q))}::text[])`,
    channel === undefined ? undefined : channelCondition([channel]),
    // The log cuts a long type short when it writes the column.
    type === undefined ? undefined : eq(messages.type, storableText(type, 200)),
    from === undefined ? undefined : eq(messages.sender, storableText(from)),
    since === undefined ? undefined : gte(messages.timestamp, new Date(since)),
    until === undefined ? undefined : lte(messages.timestamp, new Date(until)),
    before === undefined ? undefined : lt(messages.offset, before),
  )
}
