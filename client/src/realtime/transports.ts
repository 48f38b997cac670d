import type { Environment } from './environment.ts'
import type { Notice, Transport } from './messages.ts'
import type { Ending } from './state.ts'

/** Which transport the next attempt takes. */
export interface Transports {
  readonly current: Transport
  /** The present one works. */
  greeted(): void
  /** The present one brought nothing; returns what there is to say when the other one is tried next, else null. */
  failed(ending: Ending): Notice | null
}

const KEY = 'yayin:transport:'

/**
 * Picks a transport. By `auto` it is Server-Sent Events, until nothing comes that way, as behind a proxy that holds
 * answers back; then WebSocket, which is remembered for this tab's further pages.
 */
export function createTransports(
  choice: Transport | 'auto',
  hub: string,
  { storage, WebSocket }: Environment,
): Transports {
  const isOpen = choice === 'auto' && WebSocket !== null
  let current: Transport = choice !== 'auto' ? choice : isOpen ? remembered() : 'sse'

  function remembered(): Transport {
    try {
      return storage?.getItem(KEY + hub) === 'ws' ? 'ws' : 'sse'
    } catch {
      return 'sse'
    }
  }

  return {
    get current() {
      return current
    },
    greeted() {
      if (!isOpen || current === remembered()) return
      try {
        storage?.setItem(KEY + hub, current)
      } catch {
        // It is found out again by the next page.
      }
    },
    failed(ending) {
      const isFinal = ending.kind === 'final'
      const silent = !isFinal && (ending.silent ?? false)
      // A refusal speaks for both; a socket that is not opened shows no reason.
      if (!isOpen || isFinal || (current === 'sse' && !silent)) return null
      current = current === 'sse' ? 'ws' : 'sse'
      return { type: 'transport', transport: current, because: silent ? 'silent' : 'refused' }
    },
  }
}
