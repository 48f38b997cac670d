import type { ApiKeyInfo } from '../../../../shared/api.ts'

export const KEY_STATES = ['active', 'expired', 'revoked'] as const
export type KeyState = (typeof KEY_STATES)[number]

/** Tells whether a key works at `now`, in epoch milliseconds, and if not, why. */
export function keyState({ revokedAt, expiresAt }: Pick<ApiKeyInfo, 'revokedAt' | 'expiresAt'>, now: number): KeyState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'active'
}
