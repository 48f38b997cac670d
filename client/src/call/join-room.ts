/** Why somebody is not let into a room. */
export type JoinRefusal =
  | 'full'
  | 'locked'
  /** The room has a passcode, and none or a wrong one was given. */
  | 'wrong_passcode'
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
}
