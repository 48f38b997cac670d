import type { HostCaller } from '../../server/auth/caller.ts'
import type { RoomGate } from '../../server/auth/rooms.ts'

/** Rooms as authentication knows them, to be changed by a test. */
export interface MemoryRooms extends RoomGate {
  /** `<room> <participant>` of those who are in. */
  readonly present: Set<string>
  /** By the hash of the host token. */
  readonly hosts: Map<string, HostCaller>
  /** `<sub> <room>`. */
  readonly named: Set<string>
}

/** Rooms without a database. */
export function createMemoryRooms(): MemoryRooms {
  const present = new Set<string>()
  const hosts = new Map<string, HostCaller>()
  const named = new Set<string>()
  return {
    present,
    hosts,
    named,
    isPresent: ({ id, participantId }) => present.has(`${id} ${participantId}`),
    findHost: (tokenHash) => hosts.get(tokenHash) ?? null,
    isNamedHost: (sub, roomId) => named.has(`${sub} ${roomId}`),
  }
}
