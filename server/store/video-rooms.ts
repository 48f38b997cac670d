import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { videoParticipants, videoRooms } from '../../shared/schema.ts'
import type { Db } from './database.ts'

export type RoomRow = typeof videoRooms.$inferSelect
export type ParticipantRow = typeof videoParticipants.$inferSelect

/** A room and who is in it, the longest present first. */
export interface StoredRoom {
  room: RoomRow
  participants: ParticipantRow[]
}

/** A room to keep: of passcode and host token the hashes, never they themselves. */
export type NewRoom = Pick<RoomRow, 'id' | 'name' | 'hostId' | 'hostTokenHash' | 'maxParticipants' | 'passcodeHash'>
type RoomChanges = Partial<Pick<RoomRow, 'name' | 'maxParticipants' | 'passcodeHash' | 'locked'>>

/** What can be done with video rooms as a whole. */
export interface RoomTable {
  /** Returns null when the id is taken, be it by a room that has ended. */
  create(room: NewRoom): Promise<RoomRow | null>
  /** Reads the open rooms, the oldest first. */
  open(): Promise<StoredRoom[]>
  /** Finds a room, open or ended. */
  find(id: string): Promise<StoredRoom | null>
  /** Finds the id of the open room that a host token is for. */
  findByHostToken(tokenHash: string): Promise<string | null>
  /** Changes an open room; null when it is not open. */
  change(id: string, changes: RoomChanges): Promise<RoomRow | null>
  /** Makes somebody who is in the room its host; null when the room is not open or they are not in it. */
  handOver(id: string, participantId: string): Promise<RoomRow | null>
  /** Ends an open room; everybody in it has left then. Null when it is not open. */
  end(id: string): Promise<RoomRow | null>
  /** Ends the rooms in which nobody has been for `idleSeconds`; returns them. */
  endIdle(idleSeconds: number): Promise<RoomRow[]>
  /** Forgets the rooms that ended more than `seconds` ago: their ids are free again. */
  forget(seconds: number): Promise<void>
}

/** What became of a room: why it ended, or that it was opened. */
export interface RoomNews {
  room: RoomRow
  what: 'started' | 'ended' | 'idle'
}
/** Keeps what became of a room, in the transaction in which it does. */
export type RoomWitness = (tx: Pick<Db, 'execute'>, news: RoomNews) => Promise<void>

/** Opens the table of video rooms. */
export function createRoomStore(db: Db, witness: RoomWitness = () => Promise.resolve()): RoomTable {
  const isOpen = (id: string) => and(eq(videoRooms.id, id), isNull(videoRooms.endedAt))

  async function read(rooms: RoomRow[]): Promise<StoredRoom[]> {
    const open = rooms.filter(({ endedAt }) => endedAt === null).map(({ id }) => id)
    const rows =
      open.length === 0
        ? []
        : await db
            .select()
            .from(videoParticipants)
            .where(present(open))
            .orderBy(...AGE)
    const byRoom = new Map<string, ParticipantRow[]>(rooms.map(({ id }) => [id, []]))
    for (const row of rows) byRoom.get(row.roomId)!.push(row)
    return rooms.map((room) => ({ room, participants: byRoom.get(room.id)! }))
  }

  return {
    create: (room) =>
      db.transaction(async (tx) => {
        const [created] = await tx.insert(videoRooms).values(room).onConflictDoNothing().returning()
        if (!created) return null
        await witness(tx, { room: created, what: 'started' })
        return created
      }),

    async open() {
      return read(await db.select().from(videoRooms).where(isNull(videoRooms.endedAt)).orderBy(videoRooms.createdAt))
    },

    async find(id) {
      const [found] = await read(await db.select().from(videoRooms).where(eq(videoRooms.id, id)))
      return found ?? null
    },

    async findByHostToken(tokenHash) {
      const isTheirs = and(eq(videoRooms.hostTokenHash, tokenHash), isNull(videoRooms.endedAt))
      const [found] = await db.select({ id: videoRooms.id }).from(videoRooms).where(isTheirs)
      return found?.id ?? null
    },

    async change(id, changes) {
      const hasNone = Object.keys(changes).length === 0
      const [changed] = hasNone
        ? await db.select().from(videoRooms).where(isOpen(id))
        : await db.update(videoRooms).set(changes).where(isOpen(id)).returning()
      return changed ?? null
    },

    handOver: (id, participantId) =>
      db.transaction(async (tx) => {
        const [room] = await tx.select().from(videoRooms).where(isOpen(id)).for('update')
        if (!room) return null
        const isIt = and(eq(videoParticipants.id, participantId), present([id]))
        const [heir] = await tx.select({ id: videoParticipants.id }).from(videoParticipants).where(isIt)
        if (!heir) return null
        const [changed] = await tx
          .update(videoRooms)
          .set({ hostParticipantId: heir.id })
          .where(eq(videoRooms.id, id))
          .returning()
        return changed ?? null
      }),

    end: (id) =>
      db.transaction(async (tx) => {
        const over = { endedAt: sql`now()`, hostParticipantId: null }
        const [ended] = await tx.update(videoRooms).set(over).where(isOpen(id)).returning()
        if (!ended) return null
        const left = { leftAt: sql`now()`, leftReason: 'ended' } as const
        await tx
          .update(videoParticipants)
          .set(left)
          .where(present([id]))
        await witness(tx, { room: ended, what: 'ended' })
        return ended
      }),

    endIdle(idleSeconds) {
      const inIt = db.select({ one: sql`1` }).from(videoParticipants)
      const nobody = notExists(
        inIt.where(and(eq(videoParticipants.roomId, videoRooms.id), isNull(videoParticipants.leftAt))),
      )
      // Whoever joins meanwhile has moved `active_at`, which is looked at again once the room's row is free.
      const isIdle = sql`${videoRooms.activeAt} < now() - make_interval(secs => ${idleSeconds})`
      const isOver = and(isNull(videoRooms.endedAt), isIdle, nobody)
      return db.transaction(async (tx) => {
        const ended = await tx
          .update(videoRooms)
          .set({ endedAt: sql`now()` })
          .where(isOver)
          .returning()
        for (const room of ended) await witness(tx, { room, what: 'idle' })
        return ended
      })
    },

    async forget(seconds) {
      await db.delete(videoRooms).where(sql`${videoRooms.endedAt} < now() - make_interval(secs => ${seconds})`)
    },
  }
}

/** The longest present first. */
export const AGE = [asc(videoParticipants.joinedAt), asc(videoParticipants.id)]

/** Those who are in one of these rooms. */
export function present(roomIds: string[]) {
  return and(inArray(videoParticipants.roomId, roomIds), isNull(videoParticipants.leftAt))
}
