import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { KeptMessages } from '../../shared/api.ts'
import { messages } from '../../shared/schema.ts'
import type { Db } from './database.ts'
import { messageCondition, type MessageFilters } from './message-sql.ts'

/** A message of the archive: its offset, and its JSON text as stored, whole but for its `id`. */
export interface FoundMessage {
  offset: number
  body: string
}

const found = { offset: messages.offset, body: messages.body }

/** Searches the whole archive, newest first. */
export function searchMessages(db: Db, search: MessageFilters & { limit: number }): Promise<FoundMessage[]> {
  const { limit } = search
  return db.select(found).from(messages).where(messageCondition(search)).orderBy(desc(messages.offset)).limit(limit)
}

/** Counts what a search finds. */
export async function countMessages(db: Db, filters: MessageFilters): Promise<number> {
  const rows = await db
    .select({ count: sql<string>`count(*)` })
    .from(messages)
    .where(messageCondition(filters))
  return Number(rows[0]?.count ?? 0)
}

/** Finds one message; null when the log has none at that offset. */
export async function findMessage(db: Db, offset: number): Promise<FoundMessage | null> {
  const [row] = await db.select(found).from(messages).where(eq(messages.offset, offset))
  return row ?? null
}

/** Most rows and most characters that one step of an export reads. */
const STEP_ROWS = 500
const STEP_CHARACTERS = 4_194_304

/** Reads what a search finds in log order, up to the offset `upTo`, a step at a time: memory stays small. */
export async function* readMessages(db: Db, filters: MessageFilters, upTo: number): AsyncGenerator<FoundMessage[]> {
  let after = 0
  let rows = STEP_ROWS
  for (;;) {
    const step = await db
      .select(found)
      .from(messages)
      .where(messageCondition({ ...filters, after, before: upTo + 1 }))
      .orderBy(asc(messages.offset))
      .limit(rows)
    if (step.length > 0) yield step
    if (step.length < rows) return
    after = step.at(-1)!.offset
    const characters = step.reduce((sum, { body }) => sum + body.length, 0)
    // Large messages are read fewer at a time.
    rows = Math.max(1, Math.min(STEP_ROWS, Math.floor((STEP_CHARACTERS / Math.max(1, characters)) * step.length)))
  }
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

/** Tells what the log keeps of each of some channels; those without messages are left out. */
export async function keptMessages(db: Db, channels: readonly string[]): Promise<Map<string, KeptMessages>> {
  if (channels.length === 0) return new Map()
  const rows = await db
    .select({
      channel: messages.channel,
      count: sql<string>`count(*)`,
      bytes: sql<string>`sum(octet_length(${messages.body}))`,
      since: sql<string>`min(extract(epoch from ${messages.timestamp}))`,
    })
    .from(messages)
    .where(inArray(messages.channel, [...channels]))
    .groupBy(messages.channel)
  return new Map(
    rows.map(({ channel, count, bytes, since }) => {
      const kept = {
        messages: Number(count),
        bytes: Number(bytes),
        since: new Date(Number(since) * 1000).toISOString(),
      }
      return [channel, kept]
    }),
  )
}
