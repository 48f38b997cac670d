import { bigint, doublePrecision, index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { LOG_LEVELS } from '../protocol.ts'
import { at } from './time.ts'

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
