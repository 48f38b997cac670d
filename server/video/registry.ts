import type { HostCaller } from '../auth/caller.ts'
import type { RoomGate } from '../auth/rooms.ts'
import type { RoomTable, StoredRoom } from '../store/video-rooms.ts'

/** What an id of a room can look like at all. */
const ROOM_ID = /^[A-Za-z0-9_.:-]{1,64}$/

type RegistryTable = Pick<RoomTable, 'open' | 'find' | 'findByHostToken'>

interface Seat {
  /** The room's. */
  id: string
  participantId: string
}

/** Hears of each change of an open room; null when the room is open no more. */
export type OnRoomChange = (roomId: string, now: StoredRoom | null) => void

/**
 * The open rooms in memory, as the database last told: whoever changes one there refreshes it here, whichever node that
 * was. So who is in a room is known at once, without a question to the database for every signal.
 */
export class RoomRegistry implements RoomGate {
  readonly #table: RegistryTable
  readonly #isShared: boolean
  readonly #onChange: OnRoomChange
  readonly #rooms = new Map<string, StoredRoom>()
  /** Ids of the rooms by the hash of their host token. */
  readonly #hosts = new Map<string, string>()
  /** Reads go one after the other, so that the last one to come back is the newest. */
  #turn: Promise<unknown> = Promise.resolve()

  /** `isShared`: other nodes change rooms too, so that what is missing here is looked for in the table. */
  constructor(table: RegistryTable, isShared: boolean, onChange: OnRoomChange) {
    this.#table = table
    this.#isShared = isShared
    this.#onChange = onChange
  }

  /** Reads all open rooms anew. */
  load(): Promise<void> {
    return this.#inTurn(async () => {
      const open = await this.#table.open()
      const ids = new Set(open.map(({ room }) => room.id))
      for (const id of [...this.#rooms.keys()]) if (!ids.has(id)) this.#drop(id)
      for (const stored of open) this.#put(stored)
    })
  }

  /** Reads one room anew; resolves with it, open or ended, or with null when there is none. */
  async refresh(id: string): Promise<StoredRoom | null> {
    if (!ROOM_ID.test(id)) return null
    return this.#inTurn(async () => {
      const stored = await this.#table.find(id)
      if (stored?.room.endedAt === null) this.#put(stored)
      else this.#drop(id)
      return stored
    })
  }

  get(id: string): StoredRoom | undefined {
    return this.#rooms.get(id)
  }

  /** The open rooms, in no order. */
  list(): Iterable<StoredRoom> {
    return this.#rooms.values()
  }

  counts(): { active: number; participants: number } {
    let participants = 0
    for (const stored of this.#rooms.values()) participants += stored.participants.length
    return { active: this.#rooms.size, participants }
  }

  /** Tells whether somebody is in a room, as far as is known here. */
  has({ id, participantId }: Seat): boolean {
    return this.#rooms.get(id)?.participants.some((participant) => participant.id === participantId) ?? false
  }

  isPresent(seat: Seat): boolean | Promise<boolean> {
    if (this.has(seat)) return true
    // They may have come in by another node a moment ago.
    return this.#isShared && this.refresh(seat.id).then(() => this.has(seat))
  }

  findHost(tokenHash: string): HostCaller | null | Promise<HostCaller | null> {
    return this.#hostOf(tokenHash) ?? (this.#isShared ? this.#lookForHost(tokenHash) : null)
  }

  async #lookForHost(tokenHash: string): Promise<HostCaller | null> {
    const roomId = await this.#table.findByHostToken(tokenHash)
    if (roomId !== null) await this.refresh(roomId)
    return this.#hostOf(tokenHash)
  }

  #hostOf(tokenHash: string): HostCaller | null {
    const roomId = this.#hosts.get(tokenHash)
    return roomId === undefined ? null : { kind: 'host', roomId, tokenHash }
  }

  isNamedHost(sub: string, roomId: string): boolean {
    return this.#rooms.get(roomId)?.room.hostId === sub
  }

  #put(stored: StoredRoom): void {
    const { id, hostTokenHash } = stored.room
    this.#rooms.set(id, stored)
    this.#hosts.set(hostTokenHash, id)
    this.#onChange(id, stored)
  }

  #drop(id: string): void {
    const known = this.#rooms.get(id)
    if (!known) return
    this.#rooms.delete(id)
    this.#hosts.delete(known.room.hostTokenHash)
    this.#onChange(id, null)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
