import type { MqttStats, Stats } from './stats.ts'
import { ALL_NODES } from './stats-spans.ts'

/**
 * Adds up the figures of nodes that share a log, at least one; of a single node they stay as they are. What can't be
 * added is the worst of the nodes: latencies, lag, whether database and broker are there. `channels` is that of the node
 * with most, since nodes have channels in common.
 */
export function sumStats(all: readonly Stats[]): Stats {
  const [first] = all
  if (first === undefined) throw new RangeError('there are no figures to add up')
  if (all.length === 1) return first
  const eldest = highest(all, (stats) => stats.uptimeSeconds)
  const slowest = highest(all, (stats) => stats.deliveryLatencyMs.p99)
  const laggiest = highest(all, (stats) => stats.eventLoopLagMs.p99)
  return {
    uptimeSeconds: eldest.uptimeSeconds,
    startedAt: eldest.startedAt,
    node: ALL_NODES,
    nodes: all.map(({ node }) => node),
    version: [...new Set(all.map(({ version }) => version))].sort().join(', '),
    connections: sumConnections(all.map(({ connections }) => connections)),
    messages: sumMessages(all.map(({ messages }) => messages)),
    channels: Math.max(...all.map(({ channels }) => channels)),
    // Each node knows the rooms of all.
    rooms: highest(all, ({ rooms }) => rooms.active).rooms,
    deliveryLatencyMs: slowest.deliveryLatencyMs,
    memory: {
      rssBytes: sum(all, ({ memory }) => memory.rssBytes),
      heapUsedBytes: sum(all, ({ memory }) => memory.heapUsedBytes),
    },
    cpu: sum(all, ({ cpu }) => cpu),
    eventLoopLagMs: laggiest.eventLoopLagMs,
    database: worstDatabase(all),
    broker: { kind: first.broker.kind, ok: all.every(({ broker }) => broker.ok) },
    mqtt: sumMqtt(all.flatMap(({ mqtt }) => (mqtt === null ? [] : [mqtt]))),
    worst: {
      deliveryLatencyMs: slowest.deliveryLatencyMs.p99 > 0 ? slowest.node : null,
      eventLoopLagMs: laggiest.node,
    },
  }
}

function sumConnections(all: readonly Stats['connections'][]): Stats['connections'] {
  return {
    current: sum(all, ({ current }) => current),
    peak: sum(all, ({ peak }) => peak),
    max: sum(all, ({ max }) => max),
    byTransport: sumCounts(all.map(({ byTransport }) => byTransport)),
    slowLastMinute: sum(all, ({ slowLastMinute }) => slowLastMinute),
  }
}

function sumMessages(all: readonly Stats['messages'][]): Stats['messages'] {
  return {
    published: sum(all, ({ published }) => published),
    delivered: sum(all, ({ delivered }) => delivered),
    publishedPerSecond: sum(all, ({ publishedPerSecond }) => publishedPerSecond),
    deliveredPerSecond: sum(all, ({ deliveredPerSecond }) => deliveredPerSecond),
  }
}

function worstDatabase(all: readonly Stats[]): Stats['database'] {
  const known = all.flatMap(({ database: { latencyMs } }) => (latencyMs === null ? [] : [latencyMs]))
  return {
    kind: all[0]!.database.kind,
    ok: all.every(({ database }) => database.ok),
    latencyMs: known.length === 0 ? null : Math.max(...known),
    unclean: all.some(({ database }) => database.unclean),
  }
}

function sumMqtt(all: readonly MqttStats[]): MqttStats | null {
  if (all.length === 0) return null
  return {
    ok: all.every(({ ok }) => ok),
    received: sum(all, ({ received }) => received),
    published: sum(all, ({ published }) => published),
    refused: sumCounts(all.map(({ refused }) => refused)),
    skipped: {
      retained: sum(all, ({ skipped }) => skipped.retained),
      repeated: sum(all, ({ skipped }) => skipped.repeated),
    },
  }
}

function sumCounts(all: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const counts of all) for (const [key, count] of Object.entries(counts)) total[key] = (total[key] ?? 0) + count
  return total
}

/** Rounded to thousandths: the parts are no finer. */
function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return Math.round(all.reduce((total, one) => total + of(one), 0) * 1000) / 1000
}

/** The first of those with the highest figure. */
function highest<T>(all: readonly T[], of: (one: T) => number): T {
  return all.reduce((most, one) => (of(one) > of(most) ? one : most))
}
