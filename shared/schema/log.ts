import { bigint, index, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { at } from './time.ts'

/** The log's own state: one row. */
export const logState = pgTable('log_state', {
  id: smallint('id').primaryKey().default(1),
  epoch: text('epoch').notNull(),
  /** Offset of the newest message; 0 before the first. Its row lock puts commits in offset order. */
  head: bigint('head', { mode: 'number' }).notNull().default(0),
  /** Everything up to and with this offset has been trimmed. */
  trimmed: bigint('trimmed', { mode: 'number' }).notNull().default(0),
  /** The node that copies an engine's log into this database, which `head` is then the end of; null for none. */
  archiver: text('archiver'),
  /** Until when nobody else does. */
  archiverUntil: at('archiver_until'),
  /** The engine that the log lies in; null for this database. */
  engine: text('engine'),
  /** Which table this is, of all servers; rows that were restored from a dump bring another's. Null at first. */
  home: text('home'),
})

/** The log: every message, in the one order that all connections see. */
export const messages = pgTable(
  'messages',
  {
    offset: bigint('log_offset', { mode: 'number' }).primaryKey(),
    channel: text('channel').notNull(),
    type: text('type').notNull(),
    sender: text('sender'),
    timestamp: at('timestamp').notNull(),
    /** The message as JSON text, whole but for its `id`. Text, since jsonb reorders keys and refuses \u0000. */
    body: text('body').notNull(),
    /** The connection that was left out, and stays left out when it resumes. */
    exclude: text('exclude'),
  },
  // A resume and a history page read one channel in log order; patterns read by a prefix of the name.
  (t) => [index('messages_channel').on(t.channel.op('text_pattern_ops'), t.offset)],
)

/** First answers to publishes that carried an Idempotency-Key, kept for five minutes. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** SHA-256 of caller and key, hex. */
    key: text('key').primaryKey(),
    /** The receipts that answered the first publish, as JSON text without their ids. */
    answer: text('answer').notNull(),
    /** Epoch and offset of its first message; the others follow one by one. */
    epoch: text('epoch').notNull(),
    firstOffset: bigint('first_offset', { mode: 'number' }).notNull(),
    createdAt: at('created_at').notNull(),
  },
  // Old keys are swept by time.
  (t) => [index('idempotency_keys_created_at').on(t.createdAt)],
)

/** What apps that share the database publish in their own transactions, until it has its place in the log. */
export const sqlOutbox = pgTable('sql_outbox', {
  seq: bigint('seq', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  channel: text('channel').notNull(),
  type: text('type').notNull(),
  /** The publisher's own fields as JSON text, without the reserved ones. */
  rest: text('rest').notNull(),
})
