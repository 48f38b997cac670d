import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { videoParticipants, videoRooms } from '../../shared/schema.ts'
import type { LeaveReason } from '../../shared/video.ts'
import type { Db } from './database.ts'
import { AGE, type ParticipantRow, present, type RoomRow } from './video-rooms.ts'

export type NewParticipant = Pick<ParticipantRow, 'id' | 'roomId' | 'displayName' | 'userId' | 'microphone' | 'camera'>
export type ParticipantChanges = Partial<
  Pick<ParticipantRow, 'displayName' | 'microphone' | 'camera' | 'screen' | 'hand'>
>

/** On what terms somebody joins. */
export interface JoinTerms {
  /** The hash of the passcode that was shown to be right; null for none. */
  passcodeHash: string | null
  /** Whether neither lock nor passcode nor an earlier removal keeps them out. */
  passes: boolean
  /** When they become host: `vacant`: if nobody is. */
  takesHost: 'always' | 'vacant' | 'never'
}

/** What came of joining; `others` excludes the newcomer. */
export type JoinOutcome =
  | { kind: 'joined'; room: RoomRow; participant: ParticipantRow; others: ParticipantRow[]; isNewHost: boolean }
  | { kind: 'full'; room: RoomRow }
  | { kind: 'not_open' | 'locked' | 'other_passcode' | 'removed' }

/** Somebody who has left, and the room as it is since. */
export interface Departure {
  participant: ParticipantRow
  room: RoomRow
  /** Whether another participant became host by it. */
  isHandedOver: boolean
}

/** What can be done with participants of video rooms. */
export interface ParticipantTable {
  /** Lets one in, never one too many: those who join one room at once do so one after the other. */
  join(newcomer: NewParticipant, terms: JoinTerms): Promise<JoinOutcome>
  /** Notes that somebody has left; the longest present becomes host if the host left. Null when they were not in. */
  leave(id: string, reason: LeaveReason): Promise<Departure | null>
  /** Does the same to one whose connection was not seen for `awaySeconds`; null when it was. */
  leaveIfAway(id: string, awaySeconds: number): Promise<Departure | null>
  /** Changes one who is in; null when they are not. */
  change(id: string, changes: ParticipantChanges): Promise<ParticipantRow | null>
  /** Notes that their connections are open now, or were until now. */
  seen(ids: readonly string[]): Promise<void>
  /** Lists those who are in, whose connections were not seen for `awaySeconds`, but for `except`. */
  away(awaySeconds: number, except: readonly string[]): Promise<string[]>
}

type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]

/** Opens the table of participants. Whatever changes who is in a room locks the room's row first. */
export function createParticipantStore(db: Db): ParticipantTable {
  function depart(id: string, reason: LeaveReason, awaySeconds: number | null): Promise<Departure | null> {
    return db.transaction(async (tx) => {
      const [found] = await tx
        .select({ roomId: videoParticipants.roomId })
        .from(videoParticipants)
        .where(eq(videoParticipants.id, id))
      const room = found && (await lockRoom(tx, found.roomId))
      if (!room) return null
      const isIn = and(eq(videoParticipants.id, id), isNull(videoParticipants.leftAt), notSeenFor(awaySeconds))
      const left = { leftAt: sql`now()`, leftReason: reason }
      const [participant] = await tx.update(videoParticipants).set(left).where(isIn).returning()
      if (!participant) return null
      const wasHost = room.hostParticipantId === id
      const hostParticipantId = wasHost ? await longestPresent(tx, room.id) : room.hostParticipantId
      const since = await touchRoom(tx, room.id, hostParticipantId)
      return { participant, room: since, isHandedOver: wasHost && hostParticipantId !== null }
    })
  }

  return {
    join: (newcomer, terms) =>
      db.transaction(async (tx) => {
        const room = await lockRoom(tx, newcomer.roomId)
        if (!room || room.endedAt !== null) return { kind: 'not_open' }
        if (!terms.passes) {
          if (room.locked) return { kind: 'locked' }
          if (room.passcodeHash !== terms.passcodeHash) return { kind: 'other_passcode' }
          if (await wasRemoved(tx, newcomer)) return { kind: 'removed' }
        }
        const others = await tx
          .select()
          .from(videoParticipants)
          .where(present([room.id]))
          .orderBy(...AGE)
        if (others.length >= room.maxParticipants) return { kind: 'full', room }
        // The clock, not the transaction's start: who waited for the room's row came later.
        const joinedAt = sql`clock_timestamp()`
        const [participant] = await tx
          .insert(videoParticipants)
          .values({ ...newcomer, joinedAt, seenAt: joinedAt })
          .returning()
        const isNewHost = terms.takesHost === 'always' || (terms.takesHost === 'vacant' && !room.hostParticipantId)
        const since = await touchRoom(tx, room.id, isNewHost ? participant!.id : room.hostParticipantId)
        return { kind: 'joined', room: since, participant: participant!, others, isNewHost }
      }),

    leave: (id, reason) => depart(id, reason, null),
    leaveIfAway: (id, awaySeconds) => depart(id, 'away', awaySeconds),

    async change(id, changes) {
      const isIn = and(eq(videoParticipants.id, id), isNull(videoParticipants.leftAt))
      if (Object.keys(changes).length === 0) {
        const [found] = await db.select().from(videoParticipants).where(isIn)
        return found ?? null
      }
      const [changed] = await db.update(videoParticipants).set(changes).where(isIn).returning()
      return changed ?? null
    },

    async seen(ids) {
      if (ids.length === 0) return
      const areIn = and(inArray(videoParticipants.id, [...ids]), isNull(videoParticipants.leftAt))
      await db
        .update(videoParticipants)
        .set({ seenAt: sql`now()` })
        .where(areIn)
    },

    async away(awaySeconds, except) {
      const others = except.length === 0 ? undefined : notInArray(videoParticipants.id, [...except])
      const found = await db
        .select({ id: videoParticipants.id })
        .from(videoParticipants)
        .where(and(isNull(videoParticipants.leftAt), notSeenFor(awaySeconds), others))
      return found.map(({ id }) => id)
    },
  }
}

async function lockRoom(tx: Transaction, id: string): Promise<RoomRow | undefined> {
  const [room] = await tx.select().from(videoRooms).where(eq(videoRooms.id, id)).for('update')
  return room
}

async function touchRoom(tx: Transaction, id: string, hostParticipantId: string | null): Promise<RoomRow> {
  const changes = { hostParticipantId, activeAt: sql`now()` }
  const [room] = await tx.update(videoRooms).set(changes).where(eq(videoRooms.id, id)).returning()
  return room!
}

async function longestPresent(tx: Transaction, roomId: string): Promise<string | null> {
  const query = tx
    .select({ id: videoParticipants.id })
    .from(videoParticipants)
    .where(present([roomId]))
  const [heir] = await query.orderBy(...AGE).limit(1)
  return heir?.id ?? null
}

async function wasRemoved(tx: Transaction, { roomId, userId }: NewParticipant): Promise<boolean> {
  if (userId === null) return false
  const isTheirs = and(eq(videoParticipants.roomId, roomId), eq(videoParticipants.userId, userId))
  const removed = and(isTheirs, eq(videoParticipants.leftReason, 'removed'))
  const found = await tx.select({ id: videoParticipants.id }).from(videoParticipants).where(removed).limit(1)
  return found.length > 0
}

function notSeenFor(seconds: number | null) {
  if (seconds === null) return undefined
  return sql`${videoParticipants.seenAt} < now() - make_interval(secs => ${seconds})`
}
