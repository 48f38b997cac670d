import { bigint, boolean, index, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './time.ts'

/** Messages that wait for their time; one leaves in the commit that puts it into the log. */
export const scheduledMessages = pgTable(
  'scheduled_messages',
  {
    id: text('id').primaryKey(),
    /** Keeps apart what is due at the same time, in the order in which it was scheduled. */
    seq: bigint('seq', { mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    channel: text('channel').notNull(),
    /** The publisher's own fields and the type, as JSON text. */
    message: text('message').notNull(),
    /** The publishing user's `sub`; null for keys and admins. */
    sender: text('sender'),
    /** Who scheduled it, named as in the event log. */
    scheduledBy: text('scheduled_by').notNull(),
    deliverAt: at('deliver_at').notNull(),
    createdAt: at('created_at').notNull(),
  },
  // What is due is taken by time; a publisher lists their own.
  (t) => [
    index('scheduled_messages_due').on(t.deliverAt, t.seq),
    index('scheduled_messages_by').on(t.scheduledBy, t.deliverAt, t.seq),
  ],
)

/** First answers to requests that scheduled messages with an Idempotency-Key, kept for five minutes. */
export const scheduledAnswers = pgTable(
  'scheduled_answers',
  {
    /** SHA-256 of caller and key, hex. */
    key: text('key').primaryKey(),
    /** The receipts as JSON text. */
    answer: text('answer').notNull(),
    createdAt: at('created_at').notNull(),
  },
  // Old keys are swept by time.
  (t) => [index('scheduled_answers_created_at').on(t.createdAt)],
)

/** Messages that admins keep to publish again and again. */
export const publishTemplates = pgTable('publish_templates', {
  id: text('id').primaryKey(),
  name: text('name').notNull().unique(),
  channel: text('channel').notNull(),
  /** The message as it was written, JSON text of an object. */
  content: text('content').notNull(),
  ephemeral: boolean('ephemeral').notNull().default(false),
  updatedAt: at('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by'),
})
