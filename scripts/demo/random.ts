/** A source of chance that the same seed repeats. */
export interface Random {
  /** From 0 up to, not with, 1. */
  next(): number
  /** A whole number from `min` to `max`, both possible. */
  between(min: number, max: number): number
  pick<T>(items: readonly T[]): T
  /** True in `share` (0–1) of all cases. */
  chance(share: number): boolean
  /** How long until something that happens every `meanMs` on average happens next. */
  wait(meanMs: number): number
}

/** Creates one by the mulberry32 generator: 32 bits of state, good enough for a show. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick<T>(items: readonly T[]): T {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    chance: (share) => next() < share,
    wait: (meanMs) => -Math.log(1 - next()) * meanMs,
  }
}
