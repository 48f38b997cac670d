import type { CloseReason, Connection } from './hub/connection.ts'

/** What became of connections, since the start. */
export interface ConnectionCounts {
  opened(connection: Connection): void
  closed(connection: Connection, reason: CloseReason): void
  /** By transport. */
  readonly openedByTransport: ReadonlyMap<string, number>
  /** By transport and reason, parted by a space. */
  readonly closedByReason: ReadonlyMap<string, number>
  /** What was written to connections that are closed. */
  bytesOfClosed(): number
}

export function createConnectionCounts(): ConnectionCounts {
  const openedByTransport = new Map<string, number>()
  const closedByReason = new Map<string, number>()
  let bytes = 0
  return {
    openedByTransport,
    closedByReason,
    bytesOfClosed: () => bytes,
    opened: ({ transport }) => increment(openedByTransport, transport),
    closed(connection, reason) {
      increment(closedByReason, `${connection.transport} ${reason}`)
      bytes += connection.bytesSent
    },
  }
}

/** Counts by name. */
export function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
