import type { AttemptError } from '../../shared/webhooks.ts'

/** What came of one attempt. */
export type Outcome =
  | { kind: 'answered'; status: number; response: string; retryAfterSeconds: number | null; durationMs: number }
  | { kind: 'unreachable'; error: AttemptError; durationMs: number }

/**
 * What an outcome says: `ill`: the receiver can't now, nothing else will come through either; `refused`: it does not
 * want this one; `gone`: it wants no more at all.
 */
export type Verdict = 'delivered' | 'ill' | 'refused' | 'gone'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long a delivery waits after its first, second, … failed attempt, in milliseconds. */
const DELAYS_MS = [
  2 * SECOND,
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
]
/** Attempts after which a delivery is given up. */
export const MAX_ATTEMPTS = DELAYS_MS.length + 1
/** Longest time that a receiver which is ill is left alone: then the next event tries it. */
const LONGEST_PAUSE_MS = 5 * MINUTE
/** Delays are lengthened by up to this part of them, so that what failed together does not come back together. */
const JITTER = 0.2
/** Statuses below 500 that say that it may work later (RFC 9110, RFC 6585). */
const LATER = new Set([408, 425, 429])

/** Judges an outcome. */
export function judge(outcome: Outcome): Verdict {
  if (outcome.kind === 'unreachable') return 'ill'
  const { status } = outcome
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  return status >= 500 || LATER.has(status) ? 'ill' : 'refused'
}

/** What is to be done after an attempt. */
export interface Plan {
  verdict: Verdict
  state: 'delivered' | 'waiting' | 'failed'
  /** How long the delivery waits; 0 when it waits no more. */
  delayMs: number
  /** How long the whole webhook rests; 0 when it does not. */
  pauseMs: number
}

/**
 * Plans what follows an attempt, the `attempts`th of its delivery, when `failures` that said that the receiver is ill
 * came right before it. `random` is from 0 up to 1.
 */
export function planAfter(outcome: Outcome, attempts: number, failures: number, random: number): Plan {
  const verdict = judge(outcome)
  if (verdict === 'delivered') return { verdict, state: 'delivered', delayMs: 0, pauseMs: 0 }
  const asked = outcome.kind === 'answered' ? (outcome.retryAfterSeconds ?? 0) * SECOND : 0
  const own = DELAYS_MS[attempts - 1]
  const delayMs = own === undefined ? 0 : lengthen(Math.max(own, Math.min(asked, 24 * HOUR)), random)
  const rest = DELAYS_MS[Math.min(failures, DELAYS_MS.length - 1)]!
  // Until this delivery is tried again, if that is soon: so it comes before those after it.
  const restMs = Math.min(Math.max(rest, delayMs), LONGEST_PAUSE_MS)
  const pauseMs = verdict === 'ill' ? Math.max(restMs, Math.min(asked, HOUR)) : 0
  return { verdict, state: own === undefined ? 'failed' : 'waiting', delayMs, pauseMs }
}

function lengthen(ms: number, random: number): number {
  return Math.round(ms * (1 + JITTER * random))
}
