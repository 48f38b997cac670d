import type { Logger } from 'pino'
import type { LiveSettings } from '../../shared/settings.ts'
import type { RoomTokens } from '../auth/room-tokens.ts'
import type { RoomGate } from '../auth/rooms.ts'
import type { Hub } from '../hub/hub.ts'
import type { Db } from '../store/database.ts'
import type { EventLog } from '../store/event-log.ts'
import { createParticipantStore } from '../store/video-participants.ts'
import { createRoomStore, type RoomWitness } from '../store/video-rooms.ts'
import { createAnnouncer } from './announcer.ts'
import { createIceServers, type IceOffer, type IceParts } from './ice.ts'
import { createParticipants, type Participants } from './participants.ts'
import { RoomRegistry } from './registry.ts'
import { createRooms, type Rooms } from './rooms.ts'
import { createSignals, type Signals } from './signals.ts'
import { RoomWatch } from './watch.ts'

/** How often rooms that nobody is in are looked for, in milliseconds. */
const IDLE_MS = 5000
/** How often rooms that ended long ago are. */
const FORGET_MS = 600_000
/** How often nodes that share a database read all rooms anew, should one have gone before it told of a change. */
const RELOAD_MS = 30_000
const ROOM_PREFIX = 'room/'

export interface VideoOptions extends Pick<IceParts, 'turnUrls' | 'turnSecret'> {
  db: Db
  hub: () => Hub
  settings: LiveSettings
  eventLog: EventLog
  tokens: RoomTokens
  log: Logger
  /** Whether other nodes share the database. */
  isShared: boolean
  /** Keeps what becomes of rooms. */
  witness: RoomWitness
}

/** Video rooms: who is in them, and what their browsers tell each other. */
export interface Video {
  readonly gate: RoomGate
  readonly rooms: Rooms
  readonly participants: Participants
  readonly registry: RoomRegistry
  readonly watch: RoomWatch
  readonly sendSignal: Signals['send']
  iceServersFor: (participantId: string) => IceOffer
  /** To be called when another node has published to a channel. */
  onForeign(channel: string): void
  /** Reads the rooms; resolves when they are known. */
  start(): Promise<void>
  stop(): Promise<void>
}

export function createVideo(options: VideoOptions): Video {
  const { db, hub, settings, eventLog, tokens, log, isShared, turnUrls, turnSecret, witness } = options
  const announcer = createAnnouncer({ hub, log })
  const store = { rooms: createRoomStore(db, witness), participants: createParticipantStore(db) }
  const registry = new RoomRegistry(store.rooms, isShared, announcer.toAdmins)
  const dismiss = (participantId: string) => participants.dismissAway(participantId)
  const watch = new RoomWatch({ hub, registry, participants: store.participants, settings, dismiss, log })
  const iceServersFor = createIceServers({ settings, turnUrls, turnSecret })
  const parts = { ...store, registry, announcer, watch, settings, eventLog }
  const rooms = createRooms(parts)
  const position = () => hub().position
  const participants: Participants = createParticipants({ ...parts, tokens, iceServersFor, position })
  const signals = createSignals({ hub, registry })
  const timers: NodeJS.Timeout[] = []
  const stale = new Set<string>()

  async function renew(roomId: string): Promise<void> {
    stale.delete(roomId)
    await registry.refresh(roomId)
    await watch.evict(roomId)
  }

  function every(ms: number, work: () => Promise<void>): void {
    let isBusy = false
    const tick = async () => {
      if (isBusy) return
      isBusy = true
      await work().catch((err: unknown) => log.debug({ err }, 'The rooms could not be looked at'))
      isBusy = false
    }
    timers.push(setInterval(() => void tick(), ms).unref())
  }

  return {
    gate: registry,
    rooms,
    participants,
    registry,
    watch,
    sendSignal: signals.send,
    iceServersFor,
    onForeign(channel) {
      if (!channel.startsWith(ROOM_PREFIX)) return
      const roomId = channel.slice(ROOM_PREFIX.length)
      // Many messages that come together are one reason to look.
      if (stale.has(roomId)) return
      stale.add(roomId)
      renew(roomId).catch((err: unknown) => log.debug({ err, roomId }, 'A room could not be read'))
    },
    async start() {
      if (turnUrls.length > 0 && turnSecret === null) {
        log.warn('TURN_URLS is set without TURN_SECRET: browsers take no TURN server without credentials')
      }
      await registry.load()
      watch.start()
      every(IDLE_MS, rooms.endIdle)
      every(FORGET_MS, rooms.forget)
      if (isShared) every(RELOAD_MS, () => registry.load())
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await watch.stop()
    },
  }
}
