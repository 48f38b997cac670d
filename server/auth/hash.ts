import { createHash, timingSafeEqual } from 'node:crypto'

/** Returns the SHA-256 of a token, hex: what is kept of it in memory and in the database. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares two hashes of {@link hashToken} in constant time. */
export function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'))
}
