import { RequestError } from '../lib/problem.ts'
import type { Call } from './call.ts'
import { requestJoin } from './room-api.ts'
import { startCall } from './start-call.ts'
import { hubUrl } from '../lib/base.ts'

/** Why somebody is not let into a room. */
export type JoinRefusal =
  | 'full'
  | 'locked'
  /** The room has a passcode, and none was given. */
  | 'passcode_required'
  | 'wrong_passcode'
  /** The host has sent this person out of the room. */
  | 'removed'
  | 'ended'
  | 'not_found'
  /** Too many tries; `retryAfterSeconds` says when to come again. */
  | 'too_many_tries'
  /** The hub did not answer, or is away. */
  | 'unreachable'
  /** The request itself was refused, as for a name that is too long. */
  | 'invalid'

/** The room did not let this person in. */
export class JoinError extends Error {
  readonly reason: JoinRefusal
  readonly retryAfterSeconds: number | null

  constructor(reason: JoinRefusal, retryAfterSeconds: number | null = null) {
    super(`the room cannot be joined: ${reason}`)
    this.name = 'JoinError'
    this.reason = reason
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface JoinOptions {
  /** Origin of the hub; the page's own by default. */
  hub?: string
  roomId: string
  displayName: string
  passcode?: string
  /** Opens the host's powers where the caller is not the host by their session or account. */
  hostToken?: string
  /** Tracks from the lobby, which the call takes over and stops; absent or null joins without. */
  microphone?: MediaStreamTrack | null
  camera?: MediaStreamTrack | null
  /** `relay` goes through TURN servers alone, which hides one's address from the others; `all` by default. */
  route?: RTCIceTransportPolicy
}

/**
 * Takes a place in a room and starts the call. Rejects with JoinError; then the tracks are the caller's still.
 * End it with `leave()`; a page that goes away leaves by itself.
 */
export async function joinRoom(options: JoinOptions): Promise<Call> {
  const { hub = hubUrl(), roomId, displayName, passcode, hostToken = null, route = 'all' } = options
  const { microphone = null, camera = null } = options
  const body = {
    displayName,
    ...(passcode !== undefined && { passcode }),
    microphone: microphone?.enabled === true,
    camera: camera !== null,
  }
  const joined = await requestJoin({ hub, roomId, hostToken, body }).catch((error: unknown) => {
    throw toJoinError(error)
  })
  return startCall({ hub, joined, microphone, camera, route })
}

function toJoinError(error: unknown): JoinError {
  if (!(error instanceof RequestError) || error.problem === null) return new JoinError('unreachable')
  return new JoinError(reasonOf(error.problem), error.retryAfterSeconds)
}

const REFUSED: Readonly<Record<string, JoinRefusal>> = {
  room_locked: 'locked',
  passcode_required: 'passcode_required',
  wrong_passcode: 'wrong_passcode',
  removed_from_room: 'removed',
}

/** Reads why a join was refused from the hub's problem. */
export function reasonOf({ status, code }: { status: number; code: string }): JoinRefusal {
  switch (status) {
    case 403:
      return REFUSED[code] ?? 'invalid'
    case 404:
      return 'not_found'
    case 409:
      return 'full'
    case 410:
      return 'ended'
    case 429:
      return 'too_many_tries'
    default:
      return status >= 500 ? 'unreachable' : 'invalid'
  }
}
