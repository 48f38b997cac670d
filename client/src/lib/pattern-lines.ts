import { isPattern } from '../../../shared/channel.ts'

export interface PatternFaults {
  /** The first pattern that is none. */
  channel?: string
  tooManyChannels?: true
}

const MAX_PATTERNS = 100

/** The patterns in a text that holds one a line, or some with commas between; each once. */
export function patternsOf(text: string): string[] {
  return [...new Set(text.split(/[\n,]/).map((line) => line.trim()))].filter((line) => line !== '')
}

/** What the server would refuse of such a text; empty when nothing is wrong. */
export function patternFaultsOf(text: string): PatternFaults {
  const patterns = patternsOf(text)
  const wrong = patterns.find((pattern) => !isPattern(pattern))
  return {
    ...(wrong !== undefined && { channel: wrong }),
    ...(patterns.length > MAX_PATTERNS && { tooManyChannels: true }),
  }
}
