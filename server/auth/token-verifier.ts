import { createSecretKey } from 'node:crypto'
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose'
import { YayinError } from '../../shared/errors.ts'
import type { UserCaller } from './caller.ts'
import { readClaims, readRoom } from './claims.ts'
import { createExpiringCache } from './expiring-cache.ts'
import { createKeySet } from './key-set.ts'
import { isRoomToken, type RoomTokens } from './room-tokens.ts'
import type { RoomGate } from './rooms.ts'

/** How end users' tokens are signed and what they must say; null asks for nothing. */
export interface JwtSettings {
  /** Where the keys are to be had; null means HS256 with the secret. */
  jwksUrl: string | null
  issuer: string | null
  audience: string | null
}

export interface TokenVerifier {
  /** Returns the token's user; rejects with `invalid_token`, or `unavailable` when its key can't be fetched. */
  verify(token: string, tokenHash: string): UserCaller | Promise<UserCaller>
}

interface VerifierOptions {
  jwt: JwtSettings
  secret: string
  roomTokens: RoomTokens
  rooms: Pick<RoomGate, 'isNamedHost'>
  now: () => number
}

/** Forgives clocks that differ, for `nbf` alone: `exp` counts to the second. */
const CLOCK_TOLERANCE_SECONDS = 5
const ASYMMETRIC = ['RS256', 'ES256', 'EdDSA', 'Ed25519']

/** Creates the verifier of end users' JWTs (RFC 7519). What was verified is kept until it expires. */
export function createTokenVerifier({ jwt, secret, roomTokens, rooms, now }: VerifierOptions): TokenVerifier {
  const verified = createExpiringCache<UserCaller>({ maxEntries: 10_000, now })
  const check = jwt.jwksUrl === null ? withSecret(secret, jwt, now) : withKeySet(new URL(jwt.jwksUrl), jwt, now)

  async function verify(token: string, tokenHash: string): Promise<UserCaller> {
    const isRooms = isRoomToken(token)
    const checked = isRooms ? roomTokens.check(token) : check(token)
    const claims = await checked.catch((error: unknown) => Promise.reject(explain(error)))
    const user = isRooms ? participantOf(claims, tokenHash) : userOf(claims, tokenHash)
    if (user.expiresAt <= now()) throw expired()
    verified.set(tokenHash, user, user.expiresAt)
    return user
  }

  function userOf(claims: JWTPayload, tokenHash: string): UserCaller {
    const user = readClaims(claims)
    const isNamedHostOf = (roomId: string) => rooms.isNamedHost(user.sub, roomId)
    return { kind: 'user', ...user, tokenHash, room: null, isNamedHostOf }
  }

  return { verify: (token, tokenHash) => verified.get(tokenHash) ?? verify(token, tokenHash) }
}

function participantOf(claims: JWTPayload, tokenHash: string): UserCaller {
  return { kind: 'user', ...readClaims(claims), tokenHash, room: readRoom(claims) }
}

type Check = (token: string) => Promise<JWTPayload>

function withSecret(secret: string, jwt: JwtSettings, now: () => number): Check {
  const key = createSecretKey(secret, 'utf8')
  return async (token) => (await jwtVerify(token, key, options(jwt, ['HS256'], now))).payload
}

function withKeySet(url: URL, jwt: JwtSettings, now: () => number): Check {
  const keys = createKeySet(url, now)
  return async (token) => (await jwtVerify(token, keys, options(jwt, ASYMMETRIC, now))).payload
}

function options(jwt: JwtSettings, algorithms: string[], now: () => number): JWTVerifyOptions {
  return {
    algorithms,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    currentDate: new Date(now()),
    ...(jwt.issuer !== null && { issuer: jwt.issuer }),
    ...(jwt.audience !== null && { audience: jwt.audience }),
  }
}

function expired(cause?: unknown): YayinError {
  return new YayinError('invalid_token', 'The token has expired.', { cause })
}

function explain(cause: unknown): YayinError {
  if (cause instanceof errors.JWTExpired) return expired(cause)
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const fault = cause.reason === 'missing' ? 'is missing' : 'is not what this server asks for'
    return new YayinError('invalid_token', `The token's claim ${cause.claim} ${fault}.`, { cause })
  }
  if (isKeySetAway(cause)) {
    const detail = 'The keys that tokens are verified with cannot be fetched; try again.'
    return new YayinError('unavailable', detail, { retryAfterSeconds: 5, cause })
  }
  return new YayinError('invalid_token', 'The token is not one that this server accepts.', { cause })
}

/** The key set's address doesn't answer, or not with a key set: not the token's fault. */
function isKeySetAway(cause: unknown): boolean {
  if (!(cause instanceof errors.JOSEError)) return true
  return [errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code].includes(cause.code)
}
