import { Counter, Gauge, Registry } from 'prom-client'
import type { Tally } from './hub/tally.ts'

/** Values by their labels. */
export type Labelled = Iterable<readonly [labels: Record<string, string>, value: number]>

interface HistogramSource {
  name: string
  help: string
  tally: Tally
}

/** Metrics whose values are read when they are asked for, so that counting costs nothing in between. */
export class ReadRegistry {
  readonly registry = new Registry()
  readonly #histograms: HistogramSource[] = []

  get contentType(): string {
    return this.registry.contentType
  }

  /** A number that goes up and down; null while it is not known. */
  gauge(name: string, help: string, read: () => number | null): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        const value = read()
        if (value === null) this.remove()
        else this.set(value)
      },
    })
  }

  gauges(name: string, help: string, labelNames: string[], read: () => Labelled): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        this.reset()
        for (const [labels, value] of read()) this.set(labels, value)
      },
    })
  }

  /** A number that only grows. */
  counter(name: string, help: string, read: () => number): void {
    this.counters(name, help, [], () => [[{}, read()]])
  }

  counters(name: string, help: string, labelNames: string[], read: () => Labelled): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        this.reset()
        for (const [labels, value] of read()) this.inc(labels, value)
      },
    })
  }

  histogram(name: string, help: string, tally: Tally): void {
    this.#histograms.push({ name, help, tally })
  }

  /** Writes all of them as Prometheus text, version 0.0.4. */
  async text(): Promise<string> {
    return `${(await this.registry.metrics()).trimEnd()}\n\n${this.#histograms.map(histogramText).join('\n')}`
  }
}

/** Writes a histogram: each bucket counts what is at most its upper end. */
function histogramText({ name, help, tally }: HistogramSource): string {
  let count = 0
  const buckets = [...tally.bounds, Infinity].map((bound, i) => {
    count += tally.counts[i]!
    return `${name}_bucket{le="${bound === Infinity ? '+Inf' : bound}"} ${count}\n`
  })
  const head = `# HELP ${name} ${help}\n# TYPE ${name} histogram\n`
  return `${head}${buckets.join('')}${name}_sum ${tally.sum}\n${name}_count ${count}\n`
}
