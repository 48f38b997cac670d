import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { SECONDS, Tally } from './tally.ts'

const WINDOW_MS = 10_000

/** Percentiles of durations over the last ten to twenty seconds. */
export class LatencyWindow {
  /** All of them, in seconds, since the start. */
  readonly tally = new Tally(SECONDS)
  #current: RecordableHistogram = createHistogram()
  #previous: RecordableHistogram = createHistogram()
  #startedAtMs = Date.now()

  /** Records a duration of `ms` at `nowMs` (epoch milliseconds). */
  record(ms: number, nowMs: number): void {
    this.#rotate(nowMs)
    this.tally.add(ms / 1000)
    this.#current.record(Math.max(1, Math.round(ms * 1000)))
  }

  /** Returns p50 and p99 in milliseconds; 0 when nothing was recorded. */
  percentiles(nowMs: number): { p50: number; p99: number } {
    this.#rotate(nowMs)
    const all = createHistogram()
    all.add(this.#current)
    all.add(this.#previous)
    if (all.count === 0) return { p50: 0, p99: 0 }
    return { p50: all.percentile(50) / 1000, p99: all.percentile(99) / 1000 }
  }

  #rotate(nowMs: number): void {
    if (nowMs - this.#startedAtMs < WINDOW_MS) return
    const stale = nowMs - this.#startedAtMs > 2 * WINDOW_MS
    this.#previous = stale ? createHistogram() : this.#current
    this.#current = createHistogram()
    this.#startedAtMs = nowMs
  }
}
