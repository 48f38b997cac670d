import { usageFailure } from './failure.ts'

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

/** Reads `90s`, `15m`, `1h`, `7d`, `2w` or a plain number of seconds. @throws CliFailure */
export function readSeconds(text: string, option: string): number {
  const match = /^(\d{1,9})([smhdw]?)$/.exec(text.trim())
  const seconds = match ? Number(match[1]) * SECONDS[(match[2] || 's') as keyof typeof SECONDS] : 0
  if (seconds > 0) return seconds
  throw usageFailure(`${option} is ${JSON.stringify(text)}; give a duration such as 90s, 15m, 1h, 7d or 2w`)
}
