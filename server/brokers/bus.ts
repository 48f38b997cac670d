import type { JsonObject } from '../../shared/protocol.ts'

/** What one node tells the others. */
export type Note = JsonObject & { kind: string }

/**
 * Carries notes between the nodes that share a log, beside it: nothing of it is kept, and what is sent while the way
 * is broken is lost. What must not be lost goes through the log.
 */
export interface Bus {
  /** Tells all other nodes; never waits, never throws. The notes of one node arrive in their order. */
  send(note: Note): void
  /** Whether the way stands, as far as is known: false when what is sent now reaches nobody. */
  isOpen(): boolean
  /** Calls `listener` with each note of another node, and that node's name; returns how to stop. */
  listen(listener: (note: Note, from: string) => void): () => void
  /** Sends what waits, then stops. */
  close(): Promise<void>
}

/** The bus of a node that is alone. */
export const silentBus: Bus = {
  send: () => undefined,
  isOpen: () => false,
  listen: () => () => undefined,
  close: () => Promise.resolve(),
}

/** Reads what another node sent; null when it is no note. */
export function noteOf(text: string): Note | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as Note) : null
  } catch {
    return null
  }
}
