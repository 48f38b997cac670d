import { nanoid } from 'nanoid'
import type { z } from 'zod'
import { YayinError } from '../../shared/errors.ts'
import { formatPosition, type Position } from '../../shared/protocol.ts'
import type { changeParticipant, joinRoom, Participant } from '../../shared/video.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { verifyPassword } from '../auth/passwords.ts'
import { may } from '../auth/policy.ts'
import type { RoomTokens } from '../auth/room-tokens.ts'
import { TokenBuckets } from '../hub/token-bucket.ts'
import type { Departure, JoinOutcome, JoinTerms } from '../store/video-participants.ts'
import type { RoomRow } from '../store/video-rooms.ts'
import { describeParticipant, describeRoom } from './describe.ts'
import type { IceOffer } from './ice.ts'
import { assertAllowed, type Asker, ended, findOpen, tooMany, type VideoParts } from './parts.ts'
import { createPasscodeLimit } from './passcode-limit.ts'

type Application = z.output<typeof joinRoom.body>
type Welcome = z.input<typeof joinRoom.response>
type Changes = z.output<typeof changeParticipant.body>

/** Changes of oneself that are told to the room in a second, and at once. */
const CHANGES_PER_SECOND = 5
const CHANGES_BURST = 50

export interface ParticipantParts extends VideoParts {
  tokens: RoomTokens
  iceServersFor: (participantId: string) => IceOffer
  /** The newest place in the log that was delivered here. */
  position: () => Position
}

/** Coming into rooms, going, and what changes in between. All throw YayinErrors. */
export interface Participants {
  /** Codes: `not_found`, `room_ended`, `passcode_required`, `wrong_passcode`, `room_locked`, `room_full`, `rate_limited` */
  join(asker: Asker, roomId: string, application: Application): Promise<Welcome>
  leave(asker: Asker, roomId: string): Promise<void>
  /** Changes oneself. */
  change(asker: Asker, roomId: string, participantId: string, changes: Changes): Promise<Participant>
  remove(asker: Asker, roomId: string, participantId: string): Promise<void>
  mute(asker: Asker, roomId: string, participantId: string): Promise<void>
  /** Lets somebody leave whose connection stayed away; leaves them in when it was seen meanwhile. */
  dismissAway(participantId: string): Promise<void>
}

export function createParticipants(parts: ParticipantParts): Participants {
  const { participants, registry, announcer, watch, settings, eventLog, tokens, iceServersFor, position } = parts
  const limit = createPasscodeLimit()
  const changes = new TokenBuckets()

  function takeChange(participantId: string): void {
    const waitSeconds = changes.take(participantId, 1, CHANGES_PER_SECOND, CHANGES_BURST, Date.now())
    if (waitSeconds > 0) throw tooMany('changes', 'Too many changes', CHANGES_PER_SECOND, CHANGES_BURST, waitSeconds)
  }

  /** Resolves with the hash of the passcode that was shown to be right; null when the room has none. */
  async function checkPasscode({ id, passcodeHash }: RoomRow, passcode: string | undefined, ip: string) {
    if (passcodeHash === null) return null
    if (passcode === undefined) throw new YayinError('passcode_required', 'This room is entered with a passcode.')
    const isRight = await limit.check(id, ip, () => verifyPassword(passcode, passcodeHash))
    if (!isRight) throw new YayinError('wrong_passcode', 'This is not the passcode of this room.')
    return passcodeHash
  }

  async function termsFor({ caller, ip }: Asker, room: RoomRow, passcode: string | undefined): Promise<JoinTerms> {
    const decision = may(caller, { kind: 'manage_room', room }, settings.values)
    if (!decision.allowed) {
      return { passes: false, takesHost: 'never', passcodeHash: await checkPasscode(room, passcode, ip) }
    }
    // An admin who drops in takes the place of nobody.
    return { passes: true, takesHost: decision.rule === 'host' ? 'always' : 'vacant', passcodeHash: null }
  }

  async function finishDeparture({ participant, room, isHandedOver }: Departure, actor: string): Promise<void> {
    const { id, roomId, displayName, leftReason } = participant
    await registry.refresh(roomId)
    const shown = describeParticipant(participant, room)
    await announcer.toRoom({ type: 'participant_left', roomId, participant: shown, reason: leftReason! })
    if (isHandedOver) await announcer.toRoom({ type: 'room_updated', roomId, room: describeRoom(room) })
    await watch.evict(roomId)
    const data = { roomId, participantId: id, displayName, reason: leftReason }
    eventLog.record({ level: 'info', type: 'participant_left', message: 'Participant left', data, actor })
  }

  /** Finds the room that the caller manages, and in it the participant. */
  async function findManaged({ caller }: Asker, roomId: string, participantId: string): Promise<RoomRow> {
    const { room } = await findOpen(roomId, registry)
    assertAllowed(caller, { kind: 'manage_room', room }, parts)
    if (!(await registry.isPresent({ id: roomId, participantId }))) throw nobody()
    return room
  }

  async function store(room: RoomRow, id: string, changes: Parameters<typeof participants.change>[1], muted = false) {
    const row = await participants.change(id, changes)
    if (!row) throw nobody()
    await registry.refresh(room.id)
    const participant = describeParticipant(row, registry.get(room.id)?.room ?? room)
    const frame = { type: 'participant_updated', roomId: room.id, participant } as const
    await announcer.toRoom(muted ? { ...frame, muted } : frame)
    return participant
  }

  return {
    async join(asker, roomId, { displayName, passcode, microphone, camera }) {
      const { caller, ip } = asker
      const { room } = await findOpen(roomId, registry)
      const terms = await termsFor(asker, room, passcode)
      const lastEventId = formatPosition(position())
      const newcomer = { id: nanoid(16), roomId, displayName, userId: userIdOf(caller), microphone, camera }
      const outcome = await participants.join(newcomer, terms)
      if (outcome.kind !== 'joined') throw refusal(outcome, roomId)
      const { token } = await tokens.make({ roomId, participantId: newcomer.id, displayName })
      await registry.refresh(roomId)
      const participant = describeParticipant(outcome.participant, outcome.room)
      await announcer.toRoom({ type: 'participant_joined', roomId, participant })
      const described = describeRoom(outcome.room)
      if (outcome.isNewHost) await announcer.toRoom({ type: 'room_updated', roomId, room: described })
      const data = { roomId, participantId: newcomer.id, displayName, ip }
      const actor = actorOf(caller)
      eventLog.record({ level: 'info', type: 'participant_joined', message: 'Participant joined', data, actor })
      const others = outcome.others.map((row) => describeParticipant(row, outcome.room))
      const offer = iceServersFor(newcomer.id)
      return { participant, participants: [...others, participant], room: described, token, lastEventId, ...offer }
    },

    async leave({ caller }, roomId) {
      await findOpen(roomId, registry)
      const departure = await participants.leave(seatOf(caller, roomId), 'left')
      if (departure) await finishDeparture(departure, actorOf(caller))
    },

    async change({ caller }, roomId, participantId, wanted) {
      const { room } = await findOpen(roomId, registry)
      if (seatOf(caller, roomId) !== participantId) throw new YayinError('forbidden', 'this is another participant')
      takeChange(participantId)
      return store(room, participantId, withoutUndefined(wanted))
    },

    async remove(asker, roomId, participantId) {
      await findManaged(asker, roomId, participantId)
      const departure = await participants.leave(participantId, 'removed')
      if (!departure) throw nobody()
      await finishDeparture(departure, actorOf(asker.caller))
    },

    async mute(asker, roomId, participantId) {
      const room = await findManaged(asker, roomId, participantId)
      const { displayName } = await store(room, participantId, { microphone: false }, true)
      const data = { roomId, participantId, displayName }
      const actor = actorOf(asker.caller)
      eventLog.record({ level: 'info', type: 'participant_muted', message: 'Participant muted', data, actor })
    },

    async dismissAway(participantId) {
      const departure = await participants.leaveIfAway(participantId, settings.values.room_away_seconds)
      if (departure) await finishDeparture(departure, 'system')
    },
  }
}

/** Returns the caller's own place in a room. @throws YayinError `unauthorized`, `not_in_room` */
export function seatOf(caller: Caller, roomId: string): string {
  if (caller.kind === 'anonymous') throw new YayinError('unauthorized', 'That takes a participant’s token.')
  if (caller.kind === 'user' && caller.room?.id === roomId) return caller.room.participantId
  throw new YayinError('not_in_room', 'Only who is in this room may, with the token from joining it.')
}

function nobody(): YayinError {
  return new YayinError('not_found', 'There is no such participant in this room.')
}

function refusal(outcome: Exclude<JoinOutcome, { kind: 'joined' }>, roomId: string): YayinError {
  switch (outcome.kind) {
    case 'full':
      return new YayinError('room_full', `All ${outcome.room.maxParticipants} places of this room are taken.`)
    case 'locked':
      return new YayinError('room_locked', 'The host has locked this room.')
    case 'other_passcode':
      return new YayinError('wrong_passcode', 'The passcode of this room was changed just now.')
    case 'removed':
      return new YayinError('removed_from_room', 'The host has sent you out of this room.')
    case 'not_open':
      return ended(roomId)
  }
}

/** Names whom a participant is known as elsewhere; null for guests. */
function userIdOf(caller: Caller): string | null {
  if (caller.kind === 'user') return caller.room === null ? caller.sub : null
  return caller.kind === 'admin' ? actorOf(caller) : null
}

function withoutUndefined<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> }
}
