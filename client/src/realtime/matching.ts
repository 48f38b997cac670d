import { matcher } from './match.ts'

/** Returns the test whether one of several patterns stands for a channel; what it finds out about a pattern is kept. */
export function createMatching(): (patterns: readonly string[], channel: string | undefined) => boolean {
  const known = new Map<string, (channel: string) => boolean>()
  const testOf = (pattern: string) => {
    const test = known.get(pattern) ?? matcher(pattern)
    known.set(pattern, test)
    return test
  }
  return (patterns, channel = '') => patterns.some((pattern) => testOf(pattern)(channel))
}
