import { createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { YayinError } from '../../shared/errors.ts'
import type { JwtSettings } from './token-verifier.ts'

export interface TokenRequest {
  sub: string
  name?: string | undefined
  subscribe?: readonly string[] | undefined
  publish?: readonly string[] | undefined
  expiresInSeconds: number
}

export interface MadeToken {
  token: string
  expiresAt: Date
}

export type TokenMaker = (request: TokenRequest) => Promise<MadeToken>

interface MakerOptions {
  jwt: JwtSettings
  secret: string
  now?: () => number
}

/** Creates the maker of end users' tokens (HS256); it rejects with `conflict` when others sign them. */
export function createTokenMaker({ jwt, secret, now = Date.now }: MakerOptions): TokenMaker {
  const key = createSecretKey(secret, 'utf8')
  return async ({ expiresInSeconds, sub, ...claims }) => {
    if (jwt.jwksUrl !== null) throw madeElsewhere()
    const issuedAt = Math.floor(now() / 1000)
    const expiresAt = issuedAt + expiresInSeconds
    const token = new SignJWT(payload(claims)).setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    token.setSubject(sub).setIssuedAt(issuedAt).setExpirationTime(expiresAt)
    if (jwt.issuer !== null) token.setIssuer(jwt.issuer)
    if (jwt.audience !== null) token.setAudience(jwt.audience)
    return { token: await token.sign(key), expiresAt: new Date(expiresAt * 1000) }
  }
}

function payload({ name, subscribe, publish }: Omit<TokenRequest, 'sub' | 'expiresInSeconds'>) {
  return {
    ...(name !== undefined && { name }),
    ...(subscribe !== undefined && { subscribe }),
    ...(publish !== undefined && { publish }),
  }
}

function madeElsewhere(): YayinError {
  return new YayinError(
    'conflict',
    'This server verifies tokens with the keys at JWT_JWKS_URL; whoever holds those keys makes the tokens.',
  )
}
