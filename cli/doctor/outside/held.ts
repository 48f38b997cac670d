/** How holding something open without a message has ended. */
export type Held =
  /** It stood for as long as was asked. */
  | { kind: 'stood' }
  /** It was cut after so long, and so long after the last byte. */
  | { kind: 'cut'; afterMs: number; silentMs: number }

/** A connection that can be held; times are those of performance.now(). */
export interface Holdable {
  readonly openedAt: number
  /** When its last byte came. */
  lastAt(): number
  onEnd(listener: () => void): void
  close(): void
}

/** Holds a connection open until it is cut, the time is over or the signal is aborted; closes it then. */
export function hold(connection: Holdable, forMs: number, signal: AbortSignal): Promise<Held> {
  return new Promise((resolve) => {
    const finish = (held: Held) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      connection.close()
      resolve(held)
    }
    const stop = () => finish({ kind: 'stood' })
    const timer = setTimeout(stop, forMs)
    signal.addEventListener('abort', stop)
    connection.onEnd(() => {
      const now = performance.now()
      finish({ kind: 'cut', afterMs: now - connection.openedAt, silentMs: now - connection.lastAt() })
    })
  })
}
