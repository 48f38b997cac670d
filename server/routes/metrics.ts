import type { Router } from 'express'
import { Counter, Gauge, Registry } from 'prom-client'
import type { Stats } from '../../shared/api.ts'
import { admit, type RouteDeps } from './http.ts'

export interface MetricsDeps extends RouteDeps {
  readStats: () => Stats
}

/** Adds `GET /metrics`: the server's figures as Prometheus text, read when asked for (contract §4). */
export function metricsRoutes(router: Router, deps: MetricsDeps): void {
  const registry = createRegistry(deps.readStats)
  router.get('/metrics', async (req, res) => {
    await admit(req, res, 'view', deps)
    res
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
}

function createRegistry(readStats: () => Stats): Registry {
  const registry = new Registry()
  const registers = [registry]
  const gauge = (name: string, help: string, read: (stats: Stats) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(readStats()))
      },
    })
  const counter = (name: string, help: string, read: (stats: Stats) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read(readStats()))
      },
    })

  counter('yayin_messages_published_total', 'Messages taken in.', (s) => s.messages.published)
  counter('yayin_messages_delivered_total', 'Messages handed to connections.', (s) => s.messages.delivered)
  gauge('yayin_channels', 'Channels that somebody follows by name.', (s) => s.channels)
  gauge('yayin_video_rooms', 'Open video rooms, of all nodes.', (s) => s.rooms.active)
  gauge('yayin_video_participants', 'Who is in video rooms, of all nodes.', (s) => s.rooms.participants)
  gauge('yayin_uptime_seconds', 'Seconds since the start.', (s) => s.uptimeSeconds)
  gauge('yayin_cpu_cores', 'Processor cores in use over the last second.', (s) => s.cpu)
  gauge('yayin_memory_rss_bytes', 'Resident memory.', (s) => s.memory.rssBytes)
  gauge('yayin_memory_heap_used_bytes', 'JavaScript heap in use.', (s) => s.memory.heapUsedBytes)
  gauge('yayin_database_up', 'Whether the database answers.', (s) => Number(s.database.ok))
  gauge('yayin_database_latency_seconds', 'Time of the last ping.', (s) => (s.database.latencyMs ?? NaN) / 1000)
  gauge('yayin_broker_up', 'Whether the log can be written.', (s) => Number(s.broker.ok))
  quantiles(registry, 'yayin_delivery_latency_seconds', 'From publish to socket.', () => readStats().deliveryLatencyMs)
  quantiles(registry, 'yayin_event_loop_lag_seconds', 'How late timers come.', () => readStats().eventLoopLagMs)
  new Gauge({
    name: 'yayin_connections',
    help: 'Open connections.',
    labelNames: ['transport'],
    registers,
    collect() {
      this.reset()
      for (const [transport, count] of Object.entries(readStats().connections.byTransport)) {
        this.set({ transport }, count)
      }
    },
  })
  return registry
}

function quantiles(registry: Registry, name: string, help: string, read: () => { p50: number; p99: number }): void {
  new Gauge({
    name,
    help,
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      const { p50, p99 } = read()
      this.set({ quantile: '0.5' }, p50 / 1000)
      this.set({ quantile: '0.99' }, p99 / 1000)
    },
  })
}
