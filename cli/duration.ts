import { shown } from './arguments.ts'
import { usageFailure } from './failure.ts'

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

/**
 * Reads `90s`, `15m`, `1h`, `7d`, `2w` or a plain number of seconds, up to `mostDays`.
 * @throws CliFailure
 */
export function readSeconds(text: string, option: string, mostDays: number): number {
  const match = /^(\d{1,9})([smhdw]?)$/.exec(text.trim())
  const seconds = match ? Number(match[1]) * SECONDS[(match[2] || 's') as keyof typeof SECONDS] : 0
  if (seconds > 0 && seconds <= mostDays * SECONDS.d) return seconds
  const rule = `give a duration such as 90s, 15m, 1h, 7d or 2w, of at most ${mostDays}d`
  throw usageFailure(`${option} is ${shown(text)}; ${rule}`)
}
