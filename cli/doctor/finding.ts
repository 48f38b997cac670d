/** Sections of docs/troubleshooting.md that a finding leads to. */
export const SECTIONS = [
  'buffering',
  'idle-cut',
  'compression',
  'http-version',
  'websocket',
  'origin',
  'turn',
  'database',
  'broker',
  'mqtt',
  'file-limit',
  'clock',
  'data-folder',
] as const
export type Section = (typeof SECTIONS)[number]

/** `skip`: there was nothing to look at, or no way to. */
export type Outcome = 'ok' | 'warn' | 'fail' | 'skip'

/** What one look has shown. */
export interface Finding {
  /** What was looked at, in a word or two. */
  check: string
  outcome: Outcome
  /** What was seen, and what it means. */
  says: string
  /** What to change, one line each; lines of configuration stand as they are to be written. */
  change?: readonly string[]
  see?: Section
}

/** One look; never rejects for what it looks at. */
export type Check = () => Promise<Finding | readonly Finding[]>

/** Runs a check; what it did not foresee is a finding too. */
export async function look(name: string, check: Check): Promise<readonly Finding[]> {
  try {
    const found = await check()
    return 'check' in found ? [found] : found
  } catch (error) {
    return [{ check: name, outcome: 'fail', says: `could not be looked at: ${(error as Error).message}` }]
  }
}
