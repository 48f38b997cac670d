import { collectDefaultMetrics } from 'prom-client'
import type { Stats } from '../shared/api.ts'
import type { Hub } from './hub/hub.ts'
import { SECONDS, Tally } from './hub/tally.ts'
import { type ConnectionCounts, increment } from './metrics-connections.ts'
import { type Labelled, ReadRegistry } from './metrics-registry.ts'
import type { StoredFigures } from './store/metrics.ts'
import type { OnQuery } from './store/query-meter.ts'

export interface MetricsParts {
  hub: Hub
  connections: ConnectionCounts
  readStats: () => Stats
  /** What only the database knows; null while it is away. */
  readStored: () => Promise<StoredFigures | null>
  calls: CallMeter
  version: string
}

/** The figures as Prometheus takes them. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
}

/** Counts what is not counted elsewhere: calls of the database, and requests that were refused. */
export interface CallMeter {
  readonly onQuery: OnQuery
  readonly queries: Tally
  readonly failedQueries: () => number
  readonly refused: ReadonlyMap<string, number>
  noteRefusal(code: string): void
}

export function createCallMeter(): CallMeter {
  const queries = new Tally(SECONDS)
  const refused = new Map<string, number>()
  let failed = 0
  return {
    queries,
    failedQueries: () => failed,
    refused,
    noteRefusal: (code) => increment(refused, code),
    onQuery(durationMs, ok) {
      queries.add(durationMs / 1000)
      if (!ok) failed++
    },
  }
}

/** Creates the metrics of this node; all are read when they are asked for, but those that only their event can tell. */
export function createMetrics(parts: MetricsParts): Metrics {
  const all = new ReadRegistry()
  // The metrics of one answer are of one moment.
  let stats = parts.readStats()
  let stored: StoredFigures | null = null
  collectDefaultMetrics({ register: all.registry })
  all.gauges('yayin_build_info', 'What runs, by labels; always 1.', ['version', 'broker', 'database'], () => [
    [{ version: parts.version, broker: stats.broker.kind, database: stats.database.kind }, 1],
  ])
  addConnections(all, parts, () => stats)
  addMessages(all, parts)
  addLog(all, parts, () => stored)
  addServer(all, parts, () => stats)
  addMqtt(all, () => stats.mqtt)
  all.gauge(
    'yayin_webhook_deliveries_waiting',
    'Deliveries to webhooks that have not succeeded yet, of all nodes.',
    () => (stored === null ? null : stored.webhooksWaiting),
  )
  return {
    contentType: all.contentType,
    async text() {
      stored = await parts.readStored()
      stats = parts.readStats()
      return all.text()
    },
  }
}

function addConnections(all: ReadRegistry, { hub, connections }: MetricsParts, stats: () => Stats): void {
  all.gauges('yayin_connections', 'Open connections.', ['transport'], () =>
    Object.entries(stats().connections.byTransport).map(([transport, count]) => [{ transport }, count]),
  )
  all.gauge(
    'yayin_connections_max',
    'Most connections that may be open: max_connections.',
    () => stats().connections.max,
  )
  all.counters('yayin_connections_opened_total', 'Connections that were opened.', ['transport'], () =>
    [...connections.openedByTransport].map(([transport, count]) => [{ transport }, count]),
  )
  all.counters('yayin_connections_closed_total', 'Connections that were closed.', ['transport', 'reason'], () =>
    [...connections.closedByReason].map(([key, count]) => {
      const [transport = '', reason = ''] = key.split(' ')
      return [{ transport, reason }, count]
    }),
  )
  all.counter('yayin_slow_consumers_total', 'Connections that were closed since they read too slowly.', () =>
    [...connections.closedByReason].reduce((sum, [key, n]) => (key.endsWith(' slow_consumer') ? sum + n : sum), 0),
  )
  all.gauge('yayin_buffered_bytes', 'Bytes that wait in memory for readers, of all connections.', () =>
    sumOf(hub, ({ sink }) => sink.writableLength),
  )
  all.counter(
    'yayin_sent_bytes_total',
    'Bytes written to connections.',
    () => sumOf(hub, ({ bytesSent }) => bytesSent) + connections.bytesOfClosed(),
  )
  const { resumes } = hub
  all.counters(
    'yayin_resumes_total',
    'Connections that asked for what they missed, by what they got.',
    ['status'],
    () => [
      [{ status: 'complete' }, resumes.complete],
      [{ status: 'gap' }, Object.values(resumes.gaps).reduce((sum, count) => sum + count, 0)],
    ],
  )
  all.counters('yayin_resume_gaps_total', 'Resumes that could not bring all that was missed.', ['reason'], () =>
    Object.entries(resumes.gaps).map(([reason, count]) => [{ reason }, count]),
  )
}

function sumOf(
  hub: Hub,
  read: (connection: { sink: { writableLength: number }; bytesSent: number }) => number,
): number {
  let sum = 0
  for (const connection of hub.connections.values()) sum += read(connection)
  return sum
}

function addMessages(all: ReadRegistry, { hub, calls }: MetricsParts): void {
  const { publisher } = hub
  all.counter('yayin_messages_published_total', 'Messages taken in.', () => publisher.published)
  all.counter('yayin_published_bytes_total', 'Bytes of the messages taken in, as JSON text.', () => publisher.sizes.sum)
  all.counter('yayin_messages_delivered_total', 'Messages handed to connections.', () => hub.delivered)
  all.counter(
    'yayin_messages_replayed_total',
    'Messages that connections got from the past when they resumed.',
    () => hub.replayed,
  )
  all.histogram('yayin_message_size_bytes', 'Size of the messages taken in, as JSON text.', publisher.sizes)
  all.histogram('yayin_publish_duration_seconds', 'From a publish taken in until it is durable.', publisher.durations)
  all.histogram('yayin_delivery_latency_seconds', 'From a publish taken in to its last socket.', hub.latency.tally)
  all.counters(
    'yayin_refusals_total',
    'Requests and frames that were refused, by the code of the error.',
    ['code'],
    () => labelled(calls.refused, 'code'),
  )
}

function addLog(all: ReadRegistry, { hub, calls, readStats }: MetricsParts, stored: () => StoredFigures | null): void {
  const inDatabase = ['local', 'postgres'].includes(readStats().broker.kind)
  const behind = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? null : Math.max(0, to - from)
  all.gauge('yayin_log_head', 'Newest offset of the log that this node has delivered.', () => hub.head)
  all.gauge('yayin_log_lag', 'Offsets of the log that this node has yet to deliver; of a log in the database.', () =>
    inDatabase ? behind(hub.head, stored()?.logHead) : null,
  )
  all.gauge('yayin_archive_lag', 'Offsets that the archive has yet to get; of a log outside the database.', () =>
    inDatabase ? null : behind(stored()?.logHead, hub.head),
  )
  all.gauge('yayin_sql_outbox_waiting', 'Messages of transactions that are not in the log yet.', () => {
    const figures = stored()
    return figures === null ? null : figures.outboxWaiting
  })
  all.counter('yayin_broker_append_errors_total', 'Appends to the log that failed.', () => hub.appends.failed)
  all.histogram('yayin_broker_append_duration_seconds', 'Time of an append to the log.', hub.appends.durations)
  all.counter('yayin_database_query_errors_total', 'Queries of the database that failed.', calls.failedQueries)
  all.histogram('yayin_database_query_duration_seconds', 'Time of a query of the database.', calls.queries)
}

function addServer(all: ReadRegistry, _parts: MetricsParts, stats: () => Stats): void {
  all.gauge('yayin_channels', 'Channels that somebody follows by name.', () => stats().channels)
  all.gauge('yayin_video_rooms', 'Open video rooms, of all nodes.', () => stats().rooms.active)
  all.gauge('yayin_video_participants', 'Who is in video rooms, of all nodes.', () => stats().rooms.participants)
  all.gauge('yayin_uptime_seconds', 'Seconds since the start.', () => stats().uptimeSeconds)
  all.gauge('yayin_cpu_cores', 'Processor cores in use over the last second.', () => stats().cpu)
  all.gauge('yayin_database_up', 'Whether the database answers.', () => Number(stats().database.ok))
  all.gauge('yayin_database_latency_seconds', 'Time of the last ping of the database.', () => {
    const { latencyMs } = stats().database
    return latencyMs === null ? null : latencyMs / 1000
  })
  all.gauge('yayin_broker_up', 'Whether the log can be written.', () => Number(stats().broker.ok))
  all.gauges('yayin_event_loop_lag_seconds', 'How late timers come, over ten seconds.', ['quantile'], () => [
    [{ quantile: '0.5' }, stats().eventLoopLagMs.p50 / 1000],
    [{ quantile: '0.99' }, stats().eventLoopLagMs.p99 / 1000],
  ])
}

function addMqtt(all: ReadRegistry, read: () => Stats['mqtt']): void {
  const entries = (counts: Record<string, number> | undefined, label: string) =>
    Object.entries(counts ?? {}).map(([key, count]) => [{ [label]: key }, count] as const)
  all.gauges('yayin_mqtt_up', 'Whether messages come in from the MQTT broker.', [], () => {
    const mqtt = read()
    return mqtt === null ? [] : [[{}, Number(mqtt.ok)]]
  })
  all.counter('yayin_mqtt_received_total', 'Messages that the MQTT broker sent.', () => read()?.received ?? 0)
  all.counter(
    'yayin_mqtt_published_total',
    'Messages of the MQTT broker that were published.',
    () => read()?.published ?? 0,
  )
  all.counters(
    'yayin_mqtt_refused_total',
    'Messages of the MQTT broker that were refused, by the code of the error.',
    ['code'],
    () => entries(read()?.refused, 'code'),
  )
  all.counters(
    'yayin_mqtt_skipped_total',
    'Messages of the MQTT broker that were left out without a fault.',
    ['reason'],
    () => entries(read()?.skipped, 'reason'),
  )
}

function labelled(counts: ReadonlyMap<string, number>, label: string): Labelled {
  return [...counts].map(([key, count]) => [{ [label]: key }, count] as const)
}
