import { randomBytes } from 'node:crypto'
import { customAlphabet } from 'nanoid'
import type { z } from 'zod'
import { wrongCursor, YayinError } from '../../shared/errors.ts'
import type { changeRoom, createRoom, listRooms, RoomDetail } from '../../shared/video.ts'
import { actorOf } from '../auth/caller.ts'
import { hashToken } from '../auth/hash.ts'
import { hashPassword } from '../auth/passwords.ts'
import { may, type RoomRights } from '../auth/policy.ts'
import { HOST_TOKEN_PREFIX } from '../auth/rooms.ts'
import { TokenBuckets } from '../hub/token-bucket.ts'
import type { NewRoom, RoomRow, StoredRoom } from '../store/video-rooms.ts'
import { describeDetail, describeRoom } from './describe.ts'
import { assertAllowed, type Asker, ended, findOpen, tooMany, type VideoParts } from './parts.ts'

type Creation = z.output<typeof createRoom.body>
type Changes = z.output<typeof changeRoom.body>
type Query = z.output<typeof listRooms.query>

/** Opening, showing, changing and ending of rooms. */
export interface Rooms {
  /** @throws YayinError `unauthorized`, `forbidden`, `conflict` when the id is taken, `rate_limited` */
  create(asker: Asker, creation: Creation): Promise<{ room: RoomDetail; hostToken: string }>
  /** Lists the open rooms that the caller may know of, the newest first. */
  list(asker: Asker, query: Query): { rooms: RoomDetail[]; nextCursor: string | null }
  /** @throws YayinError `not_found`, `room_ended`, `unauthorized`, `forbidden`; so do the others below */
  show(asker: Asker, id: string): Promise<RoomDetail>
  change(asker: Asker, id: string, changes: Changes): Promise<RoomDetail>
  end(asker: Asker, id: string): Promise<void>
  /** Ends the rooms that nobody has been in for `room_idle_minutes`. */
  endIdle(): Promise<void>
  /** Forgets the rooms that ended long ago. */
  forget(): Promise<void>
}

/** No letters or digits that are taken for one another; 60 bits, since whoever knows the id may join. */
const letters = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 4)
const newId = () => `${letters()}-${letters()}-${letters()}`

/** Rooms that one caller, who is neither an admin nor an application, opens at once, and how fast there are more. */
const CREATE_BURST = 20
const CREATE_PER_SECOND = 0.1
/** How much longer an ended room's id is taken than its messages can be read. */
const FORGET_AFTER_SECONDS = 3600

export function createRooms(parts: VideoParts): Rooms {
  const { rooms, registry, announcer, watch, settings, eventLog } = parts
  const buckets = new TokenBuckets()

  function takeTurn({ caller, ip }: Asker): void {
    if (caller.kind === 'admin' || caller.kind === 'key') return
    const key = caller.kind === 'user' ? `user ${caller.sub}` : `ip ${ip}`
    const waitSeconds = buckets.take(key, 1, CREATE_PER_SECOND, CREATE_BURST, Date.now())
    if (waitSeconds > 0) throw tooMany('rooms', 'Too many new rooms', CREATE_PER_SECOND, CREATE_BURST, waitSeconds)
  }

  async function close(room: RoomRow, reason: 'ended' | 'idle', actor: string): Promise<void> {
    await registry.refresh(room.id)
    await announcer.toRoom({ type: 'room_ended', roomId: room.id, reason })
    await watch.evict(room.id)
    const data = { roomId: room.id, name: room.name, reason }
    eventLog.record({ level: 'info', type: 'room_ended', message: 'Room ended', data, actor })
  }

  /** Puts a change into the table; null when the room has ended meanwhile. */
  async function store(id: string, { hostParticipantId, passcode, ...changes }: Changes): Promise<RoomRow | null> {
    if (hostParticipantId !== undefined && !(await rooms.handOver(id, hostParticipantId))) {
      throw new YayinError('not_found', 'hostParticipantId is nobody who is in this room')
    }
    const kept = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    return rooms.change(id, { ...kept, ...(passcode !== undefined && { passcodeHash: await hashOf(passcode) }) })
  }

  return {
    async create(asker, creation) {
      const { caller } = asker
      assertAllowed(caller, { kind: 'create_room' }, parts)
      takeTurn(asker)
      const hostToken = `${HOST_TOKEN_PREFIX}${randomBytes(24).toString('base64url')}`
      const created = await rooms.create(await toNewRoom(creation, asker, hostToken))
      if (!created) throw new YayinError('conflict', `The id ${creation.roomId} is taken; choose another.`)
      const { id, name, maxParticipants, passcodeHash } = created
      const stored = (await registry.refresh(id)) ?? { room: created, participants: [] }
      const data = { roomId: id, name, maxParticipants, hasPasscode: passcodeHash !== null, ip: asker.ip }
      eventLog.record({ level: 'info', type: 'room_created', message: 'Room opened', data, actor: actorOf(caller) })
      return { room: describeDetail(stored), hostToken }
    },

    list({ caller }, { q, cursor, limit }) {
      assertAllowed(caller, { kind: 'list_rooms' }, parts)
      if (cursor !== undefined && !PLACE.test(cursor)) throw wrongCursor(cursor)
      const seesAll = caller.kind !== 'user'
      const found = [...registry.list()]
        .filter(({ room }) => seesAll || may(caller, manage(room), settings.values).allowed)
        .filter(({ room }) => q === undefined || `${room.id}\n${room.name}`.toLowerCase().includes(q.toLowerCase()))
        .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1))
      const after = cursor === undefined ? found : found.filter((stored) => keyOf(stored) < cursor)
      const page = after.slice(0, limit)
      return { rooms: page.map(describeDetail), nextCursor: after.length > page.length ? keyOf(page.at(-1)!) : null }
    },

    async show({ caller }, id) {
      const stored = await findOpen(id, registry)
      assertAllowed(caller, { kind: 'view_room', room: stored.room }, parts)
      return describeDetail(stored)
    },

    async change({ caller, ip }, id, changes) {
      const { room: before } = await findOpen(id, registry)
      assertAllowed(caller, manage(before), parts)
      if (!(await store(id, changes))) throw ended(id)
      const stored = await registry.refresh(id)
      if (stored?.room.endedAt !== null) throw ended(id)
      await announcer.toRoom({ type: 'room_updated', roomId: id, room: describeRoom(stored.room) })
      const { passcode, ...shown } = changes
      const data = { roomId: id, ...shown, ...(passcode !== undefined && { hasPasscode: passcode !== null }), ip }
      eventLog.record({ level: 'info', type: 'room_changed', message: 'Room changed', data, actor: actorOf(caller) })
      return describeDetail(stored)
    },

    async end({ caller }, id) {
      const { room } = await findOpen(id, registry)
      assertAllowed(caller, manage(room), parts)
      if (!(await rooms.end(id))) throw ended(id)
      await close(room, 'ended', actorOf(caller))
    },

    async endIdle() {
      if (registry.counts().active === 0) return
      for (const room of await rooms.endIdle(settings.values.room_idle_minutes * 60))
        await close(room, 'idle', 'system')
    },

    async forget() {
      // Until then, whoever opened a room of the same id could read what was said in this one.
      await rooms.forget(settings.values.history_ttl * 3600 + FORGET_AFTER_SECONDS)
    },
  }
}

function manage(room: RoomRights) {
  return { kind: 'manage_room', room } as const
}

/** Orders rooms by age. */
/** What {@link keyOf} returns. */
const PLACE = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z [\w.:-]{1,64}$/

function keyOf({ room }: StoredRoom): string {
  return `${room.createdAt.toISOString()} ${room.id}`
}

async function toNewRoom(creation: Creation, { caller }: Asker, hostToken: string): Promise<NewRoom> {
  const { roomId, name, hostId, maxParticipants, passcode } = creation
  return {
    id: roomId ?? newId(),
    name,
    hostId: hostId ?? (caller.kind === 'user' ? caller.sub : null),
    hostTokenHash: hashToken(hostToken),
    maxParticipants,
    passcodeHash: await hashOf(passcode ?? null),
  }
}

async function hashOf(passcode: string | null): Promise<string | null> {
  return passcode === null ? null : hashPassword(passcode)
}
