/** Sorts values into ranges, since the start; adding one costs an array's increment. */
export class Tally {
  /** Upper ends of the ranges, inclusive, ascending; what is above the last one counts too. */
  readonly bounds: readonly number[]
  readonly counts: Float64Array
  sum = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = new Float64Array(bounds.length + 1)
  }

  add(value: number): void {
    const { bounds } = this
    let i = 0
    while (i < bounds.length && value > bounds[i]!) i++
    this.counts[i]!++
    this.sum += value
  }
}

/** Ranges of times in seconds, from a tenth of a millisecond to ten seconds. */
export const SECONDS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Ranges of sizes in bytes. */
export const BYTES = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 16_777_216]
