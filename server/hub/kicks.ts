import { formatPosition, type Position } from '../../shared/protocol.ts'
import type { Connection, Principal } from './connection.ts'

/** How long a kicked client is not let in again, in milliseconds. */
const KICK_MS = 60_000

/** What a newcomer shows of itself. */
export interface Newcomer {
  lastEventId: string | null
  ip: string
  userAgent: string
  principal: Principal
  channels: readonly string[]
}

/**
 * Remembers kicked clients for a minute. A reconnecting `EventSource` shows nothing of its own but its last event ID,
 * so the farewell of a kick carries the position with a leading zero: the same place in the log, and a mark that
 * nobody else's position bears.
 */
export class KickList {
  readonly #untilMs = new Map<string, number>()

  /** Notes that `connection` was kicked; returns the marked position for its farewell, and what it is known by. */
  add(connection: Connection, position: Position, nowMs: number): { marked: string; keys: string[] } {
    const marked = formatPosition(position).replace('.', '.0')
    const { principal, ip, userAgent, channels } = connection
    const token = byToken({ principal, ip, userAgent, channels: [...channels] })
    const keys = [byPosition(marked, ip), ...(token === null ? [] : [token])]
    this.remember(keys, nowMs)
    return { marked, keys }
  }

  /** Takes over what a client is known by that another node has kicked. */
  remember(keys: readonly string[], nowMs: number): void {
    this.#sweep(nowMs)
    for (const key of keys) this.#untilMs.set(key, nowMs + KICK_MS)
  }

  /** Tells whether a newcomer is one who was kicked within the last minute. */
  includes(newcomer: Newcomer, nowMs: number): boolean {
    if (this.#untilMs.size === 0) return false
    const { lastEventId, ip } = newcomer
    const token = byToken(newcomer)
    return (
      (lastEventId !== null && this.#isKicked(byPosition(lastEventId, ip), nowMs)) ||
      (token !== null && this.#isKicked(token, nowMs))
    )
  }

  #isKicked(key: string, nowMs: number): boolean {
    return (this.#untilMs.get(key) ?? 0) > nowMs
  }

  #sweep(nowMs: number): void {
    for (const [key, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(key)
  }
}

function byPosition(lastEventId: string, ip: string): string {
  return `${lastEventId} ${ip}`
}

/** A user's token names one client well enough when address, program and channels are the same too. */
function byToken({ principal, ip, userAgent, channels }: Omit<Newcomer, 'lastEventId'>): string | null {
  if (!('tokenHash' in principal) || typeof principal.tokenHash !== 'string') return null
  return [principal.tokenHash, ip, userAgent, ...[...channels].sort()].join(' ')
}
