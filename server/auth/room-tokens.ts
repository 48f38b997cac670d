import { createSecretKey, hkdfSync } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify, type JWTPayload, SignJWT } from 'jose'
import type { MadeToken } from './token-maker.ts'

/** Whom a room's token is for. */
export interface RoomSeat {
  roomId: string
  participantId: string
  displayName: string
}

/** The tokens of participants of video rooms, signed with a key that is used for nothing else. */
export interface RoomTokens {
  make(seat: RoomSeat): Promise<MadeToken>
  /** Resolves with a token's claims; rejects with one of jose's errors. */
  check(token: string): Promise<JWTPayload>
}

interface Options {
  /** The server's own secret; nodes that share it take each other's tokens. */
  secret: string
  now?: () => number
}

/** Tells a room's token from an end user's: what it claims is believed of no other kind. */
const TYPE = 'yayin-room+jwt'
/** A token ends with its bearer's stay in the room; this is for those that nobody ended. */
const LIFETIME_SECONDS = 7 * 86_400

/** Tells, by its unverified header, whether a token says that it is a room's. */
export function isRoomToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === TYPE
  } catch {
    return false
  }
}

/**
 * Creates the maker and checker of rooms' tokens. Their key is derived from the server's secret (HKDF, RFC 5869), so that
 * neither whoever signs users' tokens with that secret nor whoever holds the keys at JWT_JWKS_URL can make one.
 */
export function createRoomTokens({ secret, now = Date.now }: Options): RoomTokens {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'yayin room tokens', 32)))
  return {
    async make({ roomId, participantId, displayName }) {
      const issuedAt = Math.floor(now() / 1000)
      const expiresAt = issuedAt + LIFETIME_SECONDS
      const claims = { name: displayName, yayin_room: { id: roomId, participantId } }
      const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: TYPE })
      token.setSubject(participantId).setIssuedAt(issuedAt).setExpirationTime(expiresAt)
      return { token: await token.sign(key), expiresAt: new Date(expiresAt * 1000) }
    },
    async check(token) {
      const options = { algorithms: ['HS256'], typ: TYPE, requiredClaims: ['exp', 'sub'], currentDate: new Date(now()) }
      return (await jwtVerify(token, key, options)).payload
    },
  }
}
