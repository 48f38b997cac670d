import type { matcher } from './match.ts'

/** Tells whether one of several patterns stands for a channel. */
export type IsAmong = (patterns: readonly string[], channel: string | undefined) => boolean

/** Returns the test whether one of several patterns stands for a channel; what it finds out about a pattern is kept. */
export function createMatching(match: typeof matcher): IsAmong {
  const known = new Map<string, (channel: string) => boolean>()
  const testOf = (pattern: string) => {
    const test = known.get(pattern) ?? match(pattern)
    known.set(pattern, test)
    return test
  }
  return (patterns, channel = '') => patterns.some((pattern) => testOf(pattern)(channel))
}
