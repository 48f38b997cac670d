import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** How finely the event loop's lag is sampled, in milliseconds. */
const LAG_RESOLUTION_MS = 10
/** How many samples of the event loop's lag make up its window. */
const LAG_SAMPLES = 10

/** Measures processor time per second of wall time: 1 is one core in full use. */
export function createCpuMeter() {
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
export function createLagMeter() {
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

/** Counts events of the last minute, without a timer. */
export function createMinuteCounter() {
  const counts = new Uint32Array(60)
  let newest = 0

  function forward(nowMs: number) {
    const second = Math.floor(nowMs / 1000)
    for (let i = 0; i < Math.min(second - newest, counts.length); i++) counts[(second - i) % counts.length] = 0
    newest = Math.max(newest, second)
  }

  return {
    add(nowMs: number) {
      forward(nowMs)
      counts[newest % counts.length]!++
    },
    lastMinute(nowMs: number): number {
      forward(nowMs)
      return counts.reduce((sum, count) => sum + count, 0)
    },
  }
}
