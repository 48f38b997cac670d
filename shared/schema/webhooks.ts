import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import type { AttemptError, AttemptRecord, WebhookEvent } from '../webhooks.ts'
import { at } from './time.ts'

/** Where events are sent to, and how that goes. */
export const webhooks = pgTable('webhooks', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  events: jsonb('events').$type<WebhookEvent[]>().notNull(),
  /** Patterns that messages and channels have to match. */
  channels: jsonb('channels').$type<string[]>().notNull(),
  /** Signs, so it is kept as it is; `whsec_…`. */
  secret: text('secret').notNull(),
  /** The secret before it, which signs too until `previousSecretUntil`. */
  previousSecret: text('previous_secret'),
  previousSecretUntil: at('previous_secret_until'),
  enabled: boolean('enabled').notNull().default(true),
  /** Why the server itself has turned it off; null when it has not. */
  disabledReason: text('disabled_reason', { enum: ['failing', 'gone'] }),
  /** Up to where the log has been read for it. */
  cursorEpoch: text('cursor_epoch').notNull(),
  cursorOffset: bigint('cursor_offset', { mode: 'number' }).notNull(),
  /** Failures since the last success that say that the receiver is ill, and until when it is left alone. */
  failures: integer('failures').notNull().default(0),
  pausedUntil: at('paused_until'),
  /** The first failure since the last success. */
  failingSince: at('failing_since'),
  lastSuccessAt: at('last_success_at'),
  lastFailureAt: at('last_failure_at'),
  lastStatus: integer('last_status'),
  lastError: text('last_error').$type<AttemptError>(),
  /** Who delivers for it now: a name for this one turn, and how long it is theirs. */
  leasedBy: text('leased_by'),
  leasedUntil: at('leased_until'),
  /** When somebody last took it up, so that all get their turn. */
  claimedAt: at('claimed_at'),
  createdAt: at('created_at').notNull().defaultNow(),
  createdBy: text('created_by'),
  updatedAt: at('updated_at').notNull().defaultNow(),
})

/** Events on their way to webhooks, and for some time those that were delivered or given up. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    /** The order in which a webhook gets them. */
    seq: bigint('seq', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** What the receiver knows it by, whichever attempt it is. */
    id: text('id')
      .notNull()
      .unique()
      .default(sql`'msg_' || replace(gen_random_uuid()::text, '-', '')`),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    event: text('event').$type<WebhookEvent>().notNull(),
    /** What it is about: a channel, a connection or a room. */
    subject: text('subject').notNull(),
    /** The body as it is sent. Text, so that every attempt has the same bytes. */
    payload: text('payload').notNull(),
    state: text('state', { enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: at('next_attempt_at').notNull().defaultNow(),
    createdAt: at('created_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
    lastStatus: integer('last_status'),
    lastDurationMs: integer('last_duration_ms'),
    /** The newest attempts, the oldest of them first. */
    history: jsonb('history').$type<AttemptRecord[]>().notNull().default([]),
  },
  // What is due is taken by webhook, in order; the list of one webhook shows the newest, also by state.
  (t) => [
    index('webhook_deliveries_waiting')
      .on(t.webhookId, t.seq)
      .where(sql`${t.state} = 'waiting'`),
    index('webhook_deliveries_list').on(t.webhookId, t.state, t.seq),
  ],
)

/** Channels that webhooks were told are occupied. */
export const webhookChannels = pgTable('webhook_channels', { name: text('name').primaryKey() })

/** Which node reads the log and watches the channels for webhooks: one row. */
export const webhookLease = pgTable('webhook_lease', {
  id: smallint('id').primaryKey().default(1),
  holder: text('holder').notNull(),
  heldUntil: at('held_until').notNull(),
})
