import { isPattern, PATTERN_RULE } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import type { UserCaller } from './caller.ts'

/** Longest `sub` and `name`, in UTF-16 units. */
const MAX_TEXT = 255
// C0 and C1 controls, DEL.
const CONTROL = /\p{Cc}/u

/** Tells whether `text` can be the `sub` of a user: 1–255 characters, no control characters. */
export function isSub(text: unknown): text is string {
  return typeof text === 'string' && text.length > 0 && text.length <= MAX_TEXT && !CONTROL.test(text)
}

type ClaimedUser = Pick<UserCaller, 'sub' | 'name' | 'subscribe' | 'publish' | 'expiresAt'>

/** Reads the claims of a verified token; throws `invalid_token` naming the claim that is wrong. */
export function readClaims(claims: Readonly<Record<string, unknown>>): ClaimedUser {
  const { sub, name, exp } = claims
  if (!isSub(sub)) throw badClaim('sub', 'must be 1–255 characters without control characters')
  if (name !== undefined && !isSub(name)) throw badClaim('name', 'must be 1–255 characters without control characters')
  return {
    sub,
    name: name ?? null,
    subscribe: readPatterns(claims, 'subscribe'),
    publish: readPatterns(claims, 'publish'),
    expiresAt: readExpiry(exp),
  }
}

/** Reads the claim of a room's token that names the room and its participant; throws `invalid_token` without one. */
export function readRoom(claims: Readonly<Record<string, unknown>>): NonNullable<UserCaller['room']> {
  const room = claims['yayin_room'] as Partial<Record<string, unknown>> | null | undefined
  const id = room?.['id']
  const participantId = room?.['participantId']
  if (!isSub(id) || !isSub(participantId)) throw badClaim('yayin_room', 'must hold id and participantId')
  return { id, participantId }
}

function readPatterns(claims: Readonly<Record<string, unknown>>, claim: 'subscribe' | 'publish'): readonly string[] {
  const value = claims[claim]
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badClaim(claim, 'must be a list of channel patterns')
  for (const item of value) {
    if (typeof item !== 'string' || !isPattern(item)) {
      throw badClaim(claim, `holds something that is no pattern; ${PATTERN_RULE}`)
    }
  }
  return value as string[]
}

/** Latest time that a Date can hold, in epoch milliseconds. */
const MAX_TIME_MS = 8.64e15

function readExpiry(exp: unknown): number {
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw badClaim('exp', 'must be a number of seconds')
  return Math.min(exp * 1000, MAX_TIME_MS)
}

function badClaim(claim: string, rule: string): YayinError {
  return new YayinError('invalid_token', `The token's claim ${claim} ${rule}.`)
}
