import type { Stats } from '../../../shared/api.ts'
import { formatBytes, formatCount, formatDuration, formatExact, formatMillis } from './format.ts'
import type { Words } from './words.ts'

/** One figure in words. */
export interface FigureText {
  name: string
  value: string
  unit?: string
  exact?: string
  note: string
  /** The node that it is of, where several are shown and it is not their sum. */
  of?: string
  /** The number that its small line follows; absent when a line would say nothing. */
  trend?: (stats: Stats) => number
}

/** The names alone, in the order of {@link describeFigures}. */
export function figureNames(words: Words['figures']): string[] {
  const { connections, messagesIn, messagesOut, latency, lag, memory, uptime, database } = words
  return [connections, messagesIn, messagesOut, latency, lag, memory, uptime, database]
}

interface Telling {
  locale: string
  /** What people call a node. */
  titleOf: (node: string) => string
}

/** Puts the figures of a node, or of all together, into words, what moves most first. */
export function describeFigures(stats: Stats, words: Words, { locale, titleOf }: Telling): FigureText[] {
  const { figures } = words
  const { connections, messages, worst } = stats
  const slowest = worst?.deliveryLatencyMs ?? null
  const rss = formatBytes(stats.memory.rssBytes, locale)
  const heap = formatBytes(stats.memory.heapUsedBytes, locale)
  return [
    {
      name: figures.connections,
      ...count(connections.current, locale),
      // Each node had its peak at another time: their sum says nothing.
      note: worst ? figures.onNodes(stats.nodes.length) : figures.peak(formatCount(connections.peak, locale)),
      trend: (s) => s.connections.current,
    },
    {
      name: figures.messagesIn,
      ...count(messages.publishedPerSecond, locale),
      unit: words.units.perSecond,
      note: figures.total(formatCount(messages.published, locale)),
      trend: (s) => s.messages.publishedPerSecond,
    },
    {
      name: figures.messagesOut,
      ...count(messages.deliveredPerSecond, locale),
      unit: words.units.perSecond,
      note: figures.total(formatCount(messages.delivered, locale)),
      trend: (s) => s.messages.deliveredPerSecond,
    },
    {
      name: figures.latency,
      ...percentiles(stats.deliveryLatencyMs, figures, locale, slowest && titleOf(slowest)),
      trend: (s) => s.deliveryLatencyMs.p50,
    },
    {
      name: figures.lag,
      ...percentiles(stats.eventLoopLagMs, figures, locale, worst ? titleOf(worst.eventLoopLagMs) : null),
      trend: (s) => s.eventLoopLagMs.p50,
    },
    {
      name: figures.memory,
      ...rss,
      note: figures.heap(`${heap.value} ${heap.unit}`),
      trend: (s) => s.memory.rssBytes,
    },
    {
      name: figures.uptime,
      value: formatDuration(stats.uptimeSeconds, words.units),
      note: worst ? figures.longest(stats.version) : figures.version(stats.version),
    },
    database(stats, figures, locale),
  ]
}

function count(value: number, locale: string) {
  return { value: formatCount(value, locale), exact: formatExact(value, locale) }
}

/** `worst` is the node that they are of; null when there is no other. */
function percentiles(
  { p50, p99 }: { p50: number; p99: number },
  words: Words['figures'],
  locale: string,
  worst: string | null,
) {
  const middle = formatMillis(p50, locale)
  const high = formatMillis(p99, locale)
  return {
    ...middle,
    unit: `${middle.unit} p50`,
    note: words.p99(`${high.value} ${high.unit}`),
    ...(worst !== null && { of: worst }),
  }
}

/** The database and the broker: both are needed for a publish to be taken. */
function database({ database, broker }: Stats, words: Words['figures'], locale: string): FigureText {
  const name = words.databaseKinds[database.kind] ?? database.kind
  const latency = database.latencyMs === null ? null : formatMillis(database.latencyMs, locale)
  const speed = latency === null ? name : `${name} ${latency.value} ${latency.unit}`
  const brokerState = words.broker(broker.kind, broker.ok)
  return {
    name: words.database,
    value: database.ok && broker.ok ? words.databaseOk : words.databaseAway,
    note: `${speed} · ${brokerState}`,
    ...(latency !== null && { trend: (s: Stats) => s.database.latencyMs ?? 0 }),
  }
}
