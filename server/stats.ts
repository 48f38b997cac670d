import type { Stats, StatsSample } from '../shared/api.ts'
import type { LiveSettings } from '../shared/settings.ts'
import { STATS_CHANNEL } from '../shared/stats-spans.ts'
import type { Broker } from './brokers/broker.ts'
import type { Hub } from './hub/hub.ts'
import { createCpuMeter, createLagMeter } from './stats-meters.ts'
import type { Database } from './store/database.ts'

/** How often the figures that are means over time are taken. */
const SAMPLE_MS = 1000

export interface StatsParts {
  hub: Hub
  broker: Broker
  database: Pick<Database, 'kind' | 'ok' | 'latencyMs' | 'uncleanReboot'>
  settings: Pick<LiveSettings, 'values'>
  /** Counts the open video rooms and who is in them. */
  rooms: () => Stats['rooms']
  mqtt: () => Stats['mqtt']
  /** Readers that were closed within the last minute since they fell too far behind. */
  slowLastMinute: () => number
  /** Hears each second how it was. */
  onSample: (sample: StatsSample, atMs: number) => void
  node: string
  /** The other nodes that share the log, by name. */
  others: () => string[]
  version: string
}

export interface StatsReader {
  readonly startedAt: string
  read(): Stats
  close(): void
}

/**
 * Reads this node's figures, and tells them every second while somebody listens: as `stats` to those who are connected to
 * it, as `node_stats` to those of the other nodes.
 */
export function createStats(parts: StatsParts): StatsReader {
  const { hub, broker, database, settings, rooms, node, version } = parts
  const startedAt = new Date().toISOString()
  const lag = createLagMeter()
  const cpu = createCpuMeter()

  function read(): Stats {
    const nowMs = Date.now()
    const { rss, heapUsed } = process.memoryUsage()
    return {
      uptimeSeconds: Math.round(process.uptime() * 10) / 10,
      startedAt,
      node,
      nodes: [node, ...parts.others()],
      version,
      connections: {
        current: hub.connections.size,
        peak: hub.peak,
        max: settings.values.max_connections,
        byTransport: byTransport(hub),
        slowLastMinute: parts.slowLastMinute(),
      },
      messages: {
        published: hub.publisher.published,
        delivered: hub.delivered,
        publishedPerSecond: hub.publisher.rate.perSecond(nowMs),
        deliveredPerSecond: hub.deliveredRate.perSecond(nowMs),
      },
      channels: channelsFollowed(hub).length,
      rooms: rooms(),
      deliveryLatencyMs: hub.latency.percentiles(nowMs),
      memory: { rssBytes: rss, heapUsedBytes: heapUsed },
      cpu: cpu.cores(),
      eventLoopLagMs: lag.percentiles(),
      database: {
        kind: database.kind,
        ok: database.ok(),
        latencyMs: database.latencyMs(),
        unclean: database.uncleanReboot,
      },
      broker: { kind: broker.kind, ok: broker.ok() },
      mqtt: parts.mqtt(),
    }
  }

  /** The figures that are kept; unlike `read` it counts nothing one by one. */
  function sample(nowMs: number): StatsSample {
    const { rss, heapUsed } = process.memoryUsage()
    const latency = hub.latency.percentiles(nowMs)
    const lags = lag.percentiles()
    // A delivery takes more than nothing: 0 stands for none.
    const delivered = latency.p99 > 0
    return {
      connections: hub.connections.size,
      publishedPerSecond: hub.publisher.rate.perSecond(nowMs),
      deliveredPerSecond: hub.deliveredRate.perSecond(nowMs),
      latencyP50Ms: delivered ? latency.p50 : null,
      latencyP99Ms: delivered ? latency.p99 : null,
      lagP50Ms: lags.p50,
      lagP99Ms: lags.p99,
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      cpu: cpu.cores(),
      databaseMs: database.ok() ? database.latencyMs() : null,
    }
  }

  const timer = setInterval(() => {
    cpu.sample()
    lag.sample()
    const nowMs = Date.now()
    parts.onSample(sample(nowMs), nowMs)
    if (!hub.publisher.isHeard(STATS_CHANNEL)) return
    const stats = read()
    hub.publisher.announce(STATS_CHANNEL, { ...stats, type: 'stats' })
    hub.publisher.announce(STATS_CHANNEL, { ...stats, type: 'node_stats' }, 'elsewhere')
  }, SAMPLE_MS)
  timer.unref()

  return {
    startedAt,
    read,
    close() {
      clearInterval(timer)
      lag.close()
    },
  }
}

function byTransport(hub: Hub): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { transport } of hub.connections.values()) counts[transport] = (counts[transport] ?? 0) + 1
  return counts
}

/** Lists the channels that somebody who is connected to this node follows by name. */
export function channelsFollowed(hub: Hub): string[] {
  return [...hub.subscriptions.channels.values()].filter(({ exact }) => exact.size > 0).map(({ name }) => name)
}
