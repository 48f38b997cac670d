import { attempt, type Environment } from './environment.ts'
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

/**
 * Picks a transport. By `auto` it is Server-Sent Events, until nothing comes that way, as behind a proxy that holds
 * answers back; then WebSocket, which is remembered for this tab's further pages.
 */
export function createTransports(choice: Transport | 'auto', hub: string, { storage }: Environment): Transports {
  const key = `yayin:transport:${hub}`
  const auto = choice === 'auto'
  let current = auto ? ((attempt(() => storage?.getItem(key)) as Transport | null | undefined) ?? 'sse') : choice

  return {
    get current() {
      return current
    },
    greeted() {
      // Where it can not be kept, the next page finds it out again.
      if (auto) attempt(() => storage?.setItem(key, current))
    },
    failed(ending) {
      // A refusal speaks for both; a socket that is not opened shows no reason.
      if (!auto || ending.kind === 'final' || (current === 'sse' && !ending.silent)) return null
      current = current === 'sse' ? 'ws' : 'sse'
      return { type: 'transport', transport: current, because: ending.silent ? 'silent' : 'refused' }
    },
  }
}
