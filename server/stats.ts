import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { Stats } from '../shared/api.ts'
import type { Broker } from './brokers/broker.ts'
import type { Hub } from './hub/hub.ts'
import type { Database } from './store/database.ts'

/** How finely the event loop's lag is sampled, in milliseconds. */
const LAG_RESOLUTION_MS = 10
/** How often the figures that are means over time are taken. */
const SAMPLE_MS = 1000
/** How many samples of the event loop's lag make up its window. */
const LAG_SAMPLES = 10

export interface StatsParts {
  hub: Hub
  broker: Broker
  database: Pick<Database, 'kind' | 'ok' | 'latencyMs'>
  node: string
  version: string
}

export interface StatsReader {
  read(): Stats
  close(): void
}

/** Reads the server's figures, and tells them to `admin/stats` every second while somebody listens. */
export function createStats({ hub, broker, database, node, version }: StatsParts): StatsReader {
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
      version,
      connections: { current: hub.connections.size, peak: hub.peak, byTransport: byTransport(hub) },
      messages: {
        published: hub.publisher.published,
        delivered: hub.delivered,
        publishedPerSecond: hub.publisher.rate.perSecond(nowMs),
        deliveredPerSecond: hub.deliveredRate.perSecond(nowMs),
      },
      channels: countChannels(hub),
      rooms: { active: 0, participants: 0 },
      deliveryLatencyMs: hub.latency.percentiles(nowMs),
      memory: { rssBytes: rss, heapUsedBytes: heapUsed },
      cpu: cpu.cores(),
      eventLoopLagMs: lag.percentiles(),
      database: { kind: database.kind, ok: database.ok(), latencyMs: database.latencyMs() },
      broker: { kind: broker.kind, ok: broker.ok() },
    }
  }

  const timer = setInterval(() => {
    cpu.sample()
    lag.sample()
    if (hub.publisher.hasListeners('admin/stats')) hub.publisher.announce('admin/stats', { ...read(), type: 'stats' })
  }, SAMPLE_MS)
  timer.unref()

  return {
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

/** Counts the channels that somebody follows by name. */
function countChannels(hub: Hub): number {
  let count = 0
  for (const { exact } of hub.subscriptions.channels.values()) {
    if (exact.size > 0) count++
  }
  return count
}

/** Measures processor time per second of wall time: 1 is one core in full use. */
function createCpuMeter() {
  let last = { usage: process.cpuUsage(), atMs: performance.now() }
  let cores = 0
  return {
    cores: () => cores,
    sample() {
      const now = { usage: process.cpuUsage(), atMs: performance.now() }
      const usedMicros = now.usage.user + now.usage.system - last.usage.user - last.usage.system
      cores = Math.round((usedMicros / 1000 / Math.max(1, now.atMs - last.atMs)) * 1000) / 1000
      last = now
    },
  }
}

/** Measures how late timers come, over about the last ten seconds. */
function createLagMeter() {
  const monitor = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  monitor.enable()
  let samples: { p50: number; p99: number }[] = []
  // The monitor's figure is the time from one tick of its timer to the next, so the timer's own pace comes off.
  const toMs = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e4 - LAG_RESOLUTION_MS * 100) / 100)
  return {
    sample() {
      if (monitor.count > 0) samples.push({ p50: toMs(monitor.percentile(50)), p99: toMs(monitor.percentile(99)) })
      monitor.reset()
      samples = samples.slice(-LAG_SAMPLES)
    },
    /** The median second's p50 and the worst second's p99. */
    percentiles() {
      if (samples.length === 0) return { p50: 0, p99: 0 }
      const sorted = samples.map(({ p50 }) => p50).sort((a, b) => a - b)
      return { p50: sorted[Math.floor(sorted.length / 2)]!, p99: Math.max(...samples.map(({ p99 }) => p99)) }
    },
    close: () => monitor.disable(),
  }
}
