import { z } from 'zod'
import { isoTime, operation } from './operation.ts'

// ---- the server's figures (§10)

/** What comes in from the MQTT broker (contract §12), counted since the start. */
const mqttStats = z.object({
  /** Whether messages come in now. */
  ok: z.boolean(),
  received: z.number().int(),
  published: z.number().int(),
  /** By the code of what was wrong. */
  refused: z.record(z.string(), z.number().int()),
  /** Left out without a fault: last known values that are no news, and what came again and was published before. */
  skipped: z.object({ retained: z.number().int(), repeated: z.number().int() }),
})
export type MqttStats = z.infer<typeof mqttStats>

/** A node's name, or `ALL_NODES`; left out it is the node that is asked. */
const nodeChoice = z.string().min(1).max(200)

const percentiles = z.object({ p50: z.number(), p99: z.number() })
export const statsSchema = z.object({
  uptimeSeconds: z.number(),
  startedAt: isoTime,
  node: z.string(),
  /** The nodes that share the log, this one first. */
  nodes: z.array(z.string()),
  version: z.string(),
  connections: z.object({
    current: z.number().int(),
    peak: z.number().int(),
    /** The setting `max_connections`. */
    max: z.number().int(),
    byTransport: z.record(z.string(), z.number().int()),
    /** Readers that were closed within the last minute since they fell too far behind. */
    slowLastMinute: z.number().int(),
  }),
  messages: z.object({
    published: z.number().int(),
    delivered: z.number().int(),
    publishedPerSecond: z.number(),
    deliveredPerSecond: z.number(),
  }),
  channels: z.number().int(),
  rooms: z.object({ active: z.number().int(), participants: z.number().int() }),
  deliveryLatencyMs: percentiles,
  memory: z.object({ rssBytes: z.number(), heapUsedBytes: z.number() }),
  /** Processor cores in use by this process over the last second. */
  cpu: z.number(),
  eventLoopLagMs: percentiles,
  database: z.object({
    kind: z.string(),
    ok: z.boolean(),
    latencyMs: z.number().nullable(),
    /** Whether the machine went down under the embedded database, so that its newest messages may be lost. */
    unclean: z.boolean(),
  }),
  broker: z.object({ kind: z.string(), ok: z.boolean() }),
  /** Null without an MQTT broker. */
  mqtt: mqttStats.nullable(),
  /** Of several nodes together: which have the highest 99th percentiles. No latency where nothing was delivered. */
  worst: z.object({ deliveryLatencyMs: z.string().nullable(), eventLoopLagMs: z.string() }).optional(),
})
/** The figures of one node, or of all together, whose `node` is `ALL_NODES`. */
export type Stats = z.infer<typeof statsSchema>

export const getStats = operation({
  method: 'get',
  path: '/api/stats',
  access: 'view',
  summary: 'Shows the figures of the node that is asked, of another one, or of all nodes together.',
  query: z.object({ node: nodeChoice.optional() }),
  response: statsSchema,
  refusals: [404, 503],
})

/** What is kept of one moment, or as the mean of a few seconds; of the 99th percentiles the highest. */
export const statsSampleSchema = z.object({
  connections: z.number(),
  publishedPerSecond: z.number(),
  deliveredPerSecond: z.number(),
  /** Null while nothing is delivered. */
  latencyP50Ms: z.number().nullable(),
  latencyP99Ms: z.number().nullable(),
  lagP50Ms: z.number(),
  lagP99Ms: z.number(),
  rssBytes: z.number(),
  heapUsedBytes: z.number(),
  cpu: z.number(),
  /** Null while the database is away. */
  databaseMs: z.number().nullable(),
})
export type StatsSample = z.infer<typeof statsSampleSchema>

export const statsPointSchema = statsSampleSchema.extend({
  /** The end of the time that the point stands for. */
  at: isoTime,
  /** How long that time is. */
  seconds: z.number(),
})
export type StatsPoint = z.infer<typeof statsPointSchema>

export * from './stats-spans.ts'

export const statsHistorySchema = z.object({
  span: z.enum(['5m', '1h', '24h']),
  /** Whose figures these are. A node has one name here for as long as it keeps its data folder. */
  node: z.string(),
  /** Every node of which something is kept. */
  nodes: z.array(z.string()),
  points: z.array(statsPointSchema),
})
export type StatsHistory = z.infer<typeof statsHistorySchema>

export const getStatsHistory = operation({
  method: 'get',
  path: '/api/stats/history',
  access: 'view',
  summary:
    'Shows how the same figures were, oldest first, in steps of 1 s, 10 s or 5 min; nothing where the server was down.',
  query: z.object({
    span: z.enum(['5m', '1h', '24h']).default('5m'),
    node: nodeChoice.optional(),
  }),
  response: statsHistorySchema,
})

export const STATS_OPERATIONS = [getStats, getStatsHistory] as const
