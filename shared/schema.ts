import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { LOG_LEVELS } from './protocol.ts'
import { LEAVE_REASONS } from './video.ts'
import type { AttemptError, AttemptRecord, WebhookEvent } from './webhooks.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** People who sign in to the dashboard. */
export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name'),
    role: text('role', { enum: ['admin', 'viewer'] }).notNull(),
    /** Null: signs in by link alone. Otherwise algorithm, parameters, salt and hash in one string. */
    passwordHash: text('password_hash'),
    createdAt: at('created_at').notNull().defaultNow(),
    lastSignInAt: at('last_sign_in_at'),
  },
  // A sign-in finds the user by address, whatever its case.
  (t) => [uniqueIndex('users_email').on(sql`lower(${t.email})`)],
)

/** Invitations to the dashboard that were not accepted yet; the code in the link is never stored. */
export const invitations = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the link's code, hex. */
    codeHash: text('code_hash').notNull().unique(),
    email: text('email').notNull(),
    role: text('role', { enum: ['admin', 'viewer'] }).notNull(),
    createdBy: text('created_by'),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
  },
  // A new invitation replaces the one before it to the same address.
  (t) => [uniqueIndex('invitations_email').on(sql`lower(${t.email})`)],
)

/** Signed-in dashboard sessions; the token itself is never stored. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the session's token, hex. */
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    ip: text('ip'),
    userAgent: text('user_agent'),
  },
  // Expired sessions are swept by time.
  (t) => [index('sessions_expires_at').on(t.expiresAt), index('sessions_user').on(t.userId)],
)

/** API keys of applications; the key itself is never stored. */
export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** SHA-256 of the key, hex. */
  keyHash: text('key_hash').notNull().unique(),
  /** What is shown of the key afterwards: its first characters. */
  prefix: text('prefix').notNull(),
  scopes: jsonb('scopes').$type<string[]>().notNull(),
  /** Patterns that publish and subscribe are limited to; null for all. */
  channels: jsonb('channels').$type<string[]>(),
  createdAt: at('created_at').notNull().defaultNow(),
  createdBy: text('created_by'),
  lastUsedAt: at('last_used_at'),
  expiresAt: at('expires_at'),
  revokedAt: at('revoked_at'),
})

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

/** What apps that share the database publish in their own transactions, until it has its place in the log. */
export const sqlOutbox = pgTable('sql_outbox', {
  seq: bigint('seq', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  channel: text('channel').notNull(),
  type: text('type').notNull(),
  /** The publisher's own fields as JSON text, without the reserved ones. */
  rest: text('rest').notNull(),
})

/** The sessions at the MQTT broker, each of which one node uses at a time. */
export const mqttSessions = pgTable('mqtt_sessions', {
  clientId: text('client_id').primaryKey(),
  /** The process that uses it; null while none does. */
  holder: text('holder'),
  /** Until when nobody else takes it over for good. */
  heldUntil: at('held_until').notNull(),
  /** What it is subscribed to. */
  subscriptions: jsonb('subscriptions').$type<string[]>().notNull(),
})

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

/** Live connections, mirrored from memory in batches for SQL users and other nodes. */
export const connections = pgTable(
  'connections',
  {
    id: text('id').primaryKey(),
    node: text('node').notNull(),
    transport: text('transport').notNull(),
    userId: text('user_id'),
    name: text('name'),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
    channels: jsonb('channels').$type<string[]>().notNull(),
    connectedAt: at('connected_at').notNull(),
    lastPosition: text('last_position').notNull(),
    messagesSent: bigint('messages_sent', { mode: 'number' }).notNull().default(0),
    bytesSent: bigint('bytes_sent', { mode: 'number' }).notNull().default(0),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  // A node clears its own rows when it starts.
  (t) => [index('connections_node').on(t.node)],
)

/** What happened: connects, refusals, sign-ins, settings, errors (contract §10). */
export const eventLogs = pgTable(
  'event_logs',
  {
    /** Sortable by time: milliseconds, then a counter, then the node. */
    id: text('id').primaryKey(),
    timestamp: at('timestamp').notNull(),
    level: text('level', { enum: LOG_LEVELS }).notNull(),
    type: text('type').notNull(),
    message: text('message').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>(),
    /** Who did it: `admin:<id>`, `key:<id>`, `user:<sub>`, `anonymous`, `system`. */
    actor: text('actor'),
    node: text('node').notNull(),
  },
  // The log page filters by type within time; retention deletes by time.
  (t) => [index('event_logs_timestamp').on(t.timestamp), index('event_logs_type').on(t.type, t.timestamp)],
)

/** The figures of each node as they were: every 10 s for a few hours, every 5 min for two days. */
export const statsHistory = pgTable(
  'stats_history',
  {
    node: text('node').notNull(),
    /** How long the row stands for: 10 or 300. */
    seconds: smallint('seconds').notNull(),
    /** The end of that time. */
    at: at('at').notNull(),
    connections: doublePrecision('connections').notNull(),
    publishedPerSecond: doublePrecision('published_per_second').notNull(),
    deliveredPerSecond: doublePrecision('delivered_per_second').notNull(),
    latencyP50Ms: doublePrecision('latency_p50_ms'),
    latencyP99Ms: doublePrecision('latency_p99_ms'),
    lagP50Ms: doublePrecision('lag_p50_ms').notNull(),
    lagP99Ms: doublePrecision('lag_p99_ms').notNull(),
    rssBytes: doublePrecision('rss_bytes').notNull(),
    heapUsedBytes: doublePrecision('heap_used_bytes').notNull(),
    cpu: doublePrecision('cpu').notNull(),
    databaseMs: doublePrecision('database_ms'),
  },
  // A chart reads one node's rows of one step in order of time; old ones are swept by step and time.
  (t) => [primaryKey({ columns: [t.node, t.seconds, t.at] }), index('stats_history_seconds_at').on(t.seconds, t.at)],
)

/** Settings that differ from their default, and the user's own `app.*` keys. */
export const serverSettings = pgTable('server_settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  description: text('description'),
  updatedAt: at('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by'),
})

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

export const videoRooms = pgTable(
  'video_rooms',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    hostId: text('host_id'),
    hostTokenHash: text('host_token_hash').notNull(),
    maxParticipants: integer('max_participants').notNull().default(8),
    passcodeHash: text('passcode_hash'),
    locked: boolean('locked').notNull().default(false),
    /** The participant who is host now; null while none is. */
    hostParticipantId: text('host_participant_id'),
    createdAt: at('created_at').notNull().defaultNow(),
    /** When somebody last came or went: rooms that nobody is in close some time after. */
    activeAt: at('active_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  // The list shows rooms that are open.
  (t) => [
    index('video_rooms_open')
      .on(t.createdAt)
      .where(sql`${t.endedAt} is null`),
  ],
)

export const videoParticipants = pgTable(
  'video_participants',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => videoRooms.id, { onDelete: 'cascade' }),
    displayName: text('display_name').notNull(),
    userId: text('user_id'),
    microphone: boolean('microphone').notNull().default(true),
    camera: boolean('camera').notNull().default(true),
    screen: boolean('screen').notNull().default(false),
    hand: boolean('hand').notNull().default(false),
    joinedAt: at('joined_at').notNull().defaultNow(),
    /** When a connection of theirs was last known to be open; written now and then while it is. */
    seenAt: at('seen_at').notNull().defaultNow(),
    leftAt: at('left_at'),
    leftReason: text('left_reason', { enum: LEAVE_REASONS }),
  },
  (t) => [
    // Removing a room of old removes its participants.
    index('video_participants_room').on(t.roomId),
    // Capacity and the list of a room count those who are in it.
    index('video_participants_present')
      .on(t.roomId)
      .where(sql`${t.leftAt} is null`),
  ],
)
