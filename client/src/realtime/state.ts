import type { DisconnectReason } from '../../../shared/protocol.ts'
import type { Transport } from './messages.ts'

/** Why a client gave up by itself, or was told not to come again. */
export type StopReason =
  /** Too many attempts failed in a row. */
  | 'attempts'
  /** 401: the token or session is missing, wrong or over. */
  | 'unauthorized'
  /** 403: a channel is not allowed. */
  | 'forbidden'
  /** Another 4xx: the request itself is wrong, and would be wrong again. */
  | 'rejected'
  /** `close()` was called. */
  | 'closed'
  | DisconnectReason

/** Where the connection stands; times are epoch milliseconds. */
export type State =
  | { status: 'connecting' }
  | { status: 'live'; since: number; connectionId: string; transport: Transport }
  /** `attempt` is the one that comes at `retryAt`: 1 after the first failure. */
  | { status: 'retrying'; attempt: number; retryAt: number }
  | { status: 'offline' }
  | { status: 'stopped'; reason: StopReason }

/** How one attempt ended. */
export type Ending =
  /**
   * The network failed, or the server is away for now; `afterMs` is the wait it asked for. `silent`: nothing came, and
   * nothing said why.
   */
  | { kind: 'lost'; afterMs?: number; silent?: boolean }
  /** Coming again would not help. */
  | { kind: 'final'; reason: StopReason }

interface Circumstances {
  /** Attempts that failed in a row before this one. */
  failures: number
  maxAttempts: number
  now: number
  /** Picks the wait before the given attempt. */
  waitMs: (attempt: number) => number
}

/** Decides what follows the end of an attempt: another one after a wait, or none. */
export function afterEnding(ending: Ending, at: Circumstances): State {
  if (ending.kind === 'final') return { status: 'stopped', reason: ending.reason }
  const attempt = at.failures + 1
  if (attempt > at.maxAttempts) return { status: 'stopped', reason: 'attempts' }
  return { status: 'retrying', attempt, retryAt: at.now + (ending.afterMs ?? at.waitMs(attempt)) }
}
