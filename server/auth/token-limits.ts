import { namespaceOf } from '../../shared/channel.ts'
import { YayinError, type FieldError } from '../../shared/errors.ts'
import type { Caller } from './caller.ts'
import { grants } from './channel-rules.ts'
import { isSub } from './claims.ts'
import type { TokenRequest } from './token-maker.ts'

type Claims = Pick<TokenRequest, 'sub' | 'name' | 'subscribe' | 'publish'>

/**
 * Checks what a new token would say: throws `invalid` for claims that no token may hold, and
 * `forbidden_channel` for those beyond the channels that the key asking for it is itself limited to.
 */
export function checkClaims(caller: Caller, claims: Claims): void {
  const errors = [...badTexts(claims), ...closedPatterns(claims, 'subscribe'), ...closedPatterns(claims, 'publish')]
  const first = errors[0]
  if (first !== undefined) throw new YayinError('invalid', `body ${first.path}: ${first.message}`, { errors })
  const limit = caller.kind === 'key' ? caller.channels : null
  if (limit === null) return
  const beyond = [...(claims.subscribe ?? []), ...(claims.publish ?? [])].find((pattern) => !grants(limit, pattern))
  if (beyond === undefined) return
  const detail = `This API key may not give rights to ${beyond}: it lies outside the channels that the key is limited to.`
  throw new YayinError('forbidden_channel', detail)
}

function badTexts({ sub, name }: Claims): FieldError[] {
  const rule = 'must be 1–255 characters without control characters'
  return [
    ...(isSub(sub) ? [] : [{ path: 'sub', message: rule }]),
    ...(name === undefined || isSub(name) ? [] : [{ path: 'name', message: rule }]),
  ]
}

function closedPatterns(claims: Claims, claim: 'subscribe' | 'publish'): FieldError[] {
  return (claims[claim] ?? []).flatMap((pattern, i) => {
    const namespace = namespaceOf(pattern)
    // The server alone lets callers into the others.
    if (namespace === null || namespace === 'user') return []
    return [{ path: `${claim}.${i}`, message: `no token can give rights to ${namespace}/…; the server alone does` }]
  })
}
