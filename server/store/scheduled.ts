import { and, asc, count, eq, lt, lte, sql, TransactionRollbackError } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { scheduledAnswers, scheduledMessages } from '../../shared/schema.ts'
import { channelCondition } from './channel-sql.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'

export type ScheduledRow = typeof scheduledMessages.$inferSelect
type ScheduledAt = Pick<ScheduledRow, 'id' | 'channel' | 'deliverAt'>

/** Messages of one publisher that are all to be published at one time, in this order. */
export interface NewScheduled {
  messages: readonly Pick<ScheduledRow, 'channel' | 'message'>[]
  sender: string | null
  scheduledBy: string
  deliverAt: Date
  /** SHA-256 of caller and Idempotency-Key, hex; null for none. */
  key: string | null
}

/** Where a page of the list goes on. */
export interface ScheduledCursor {
  deliverAt: Date
  seq: number
}

/** Messages that wait for their time. Delivery takes them out by the log's own statement, see `append-scheduled.ts`. */
export interface ScheduledTable {
  /**
   * Keeps messages, all or none; null when their publisher would have more than `most` waiting. A key that was used
   * within five minutes keeps nothing, and brings what it kept then.
   */
  add(scheduled: NewScheduled, most: number): Promise<ScheduledAt[] | null>
  find(id: string): Promise<ScheduledRow | null>
  /** Lists what waits, the next one first; `scheduledBy` null for everybody's. */
  list(query: {
    scheduledBy: string | null
    channel?: string | undefined
    after: ScheduledCursor | null
    limit: number
  }): Promise<ScheduledRow[]>
  /** Takes a message out; false when it is not there any more. */
  remove(id: string): Promise<boolean>
  /** Reads what is due at a time, in the order of delivery. */
  due(at: Date, limit: number): Promise<ScheduledRow[]>
  /** Tells when the next one is due; null when none waits. */
  next(): Promise<Date | null>
}

/** How long an Idempotency-Key stands, in milliseconds. */
const ANSWER_TTL_MS = 300_000

const inOrder = [asc(scheduledMessages.deliverAt), asc(scheduledMessages.seq)]

/** Opens the table of scheduled messages. */
export function createScheduledStore(db: Db): ScheduledTable {
  return {
    add: (scheduled, most) => add(db, scheduled, most),

    async find(id) {
      const [row] = await db
        .select()
        .from(scheduledMessages)
        .where(eq(scheduledMessages.id, storableText(id)))
      return row ?? null
    },

    list({ scheduledBy, channel, after, limit }) {
      const { deliverAt, seq } = scheduledMessages
      const inside = and(
        scheduledBy === null ? undefined : eq(scheduledMessages.scheduledBy, storableText(scheduledBy)),
        channel === undefined ? undefined : channelCondition([channel]),
        after === null
          ? undefined
          : sql`(${deliverAt}, ${seq}) > (${after.deliverAt.toISOString()}::timestamptz, ${after.seq}::bigint)`,
      )
      return db
        .select()
        .from(scheduledMessages)
        .where(inside)
        .orderBy(...inOrder)
        .limit(limit)
    },

    async remove(id) {
      const gone = await db
        .delete(scheduledMessages)
        .where(eq(scheduledMessages.id, storableText(id)))
        .returning({ id: scheduledMessages.id })
      return gone.length > 0
    },

    due: (at, limit) =>
      db
        .select()
        .from(scheduledMessages)
        .where(lte(scheduledMessages.deliverAt, at))
        .orderBy(...inOrder)
        .limit(limit),

    async next() {
      const [row] = await db
        .select({ at: scheduledMessages.deliverAt })
        .from(scheduledMessages)
        .orderBy(...inOrder)
        .limit(1)
      return row?.at ?? null
    },
  }
}

type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]

function add(db: Db, scheduled: NewScheduled, most: number): Promise<ScheduledAt[] | null> {
  const { messages, sender, deliverAt, key } = scheduled
  const createdAt = new Date()
  const scheduledBy = storableText(scheduled.scheduledBy)
  const rows = messages.map(({ channel, message }) => {
    return { id: nanoid(), channel, message, sender: sender && storableText(sender), scheduledBy, deliverAt, createdAt }
  })
  return db
    .transaction(async (tx) => {
      const kept = key === null ? null : await keepAnswer(tx, key, rows, createdAt)
      if (kept !== null) return kept
      if ((await waitingOf(tx, scheduledBy)) + rows.length > most) return tx.rollback()
      await tx.insert(scheduledMessages).values(rows)
      return rows
    })
    .catch((error: unknown) => {
      if (error instanceof TransactionRollbackError) return null
      throw error
    })
}

/** Keeps the answer for a key; returns the one that is there already, or null. A key in use elsewhere is waited for. */
async function keepAnswer(
  tx: Transaction,
  key: string,
  rows: readonly ScheduledAt[],
  createdAt: Date,
): Promise<ScheduledAt[] | null> {
  const tooOld = lt(scheduledAnswers.createdAt, new Date(createdAt.getTime() - ANSWER_TTL_MS))
  await tx.delete(scheduledAnswers).where(tooOld)
  const answer = JSON.stringify(rows.map(({ id, channel, deliverAt }) => ({ id, channel, deliverAt })))
  const mine = await tx.insert(scheduledAnswers).values({ key, answer, createdAt }).onConflictDoNothing().returning()
  if (mine.length > 0) return null
  const [kept] = await tx.select().from(scheduledAnswers).where(eq(scheduledAnswers.key, key))
  // Swept in this very moment: it is over.
  if (kept === undefined) return null
  const receipts = JSON.parse(kept.answer) as (Omit<ScheduledAt, 'deliverAt'> & { deliverAt: string })[]
  return receipts.map((receipt) => ({ ...receipt, deliverAt: new Date(receipt.deliverAt) }))
}

async function waitingOf(tx: Transaction, scheduledBy: string): Promise<number> {
  const [row] = await tx
    .select({ waiting: count() })
    .from(scheduledMessages)
    .where(eq(scheduledMessages.scheduledBy, scheduledBy))
  return row?.waiting ?? 0
}
