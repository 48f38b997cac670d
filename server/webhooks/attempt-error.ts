import type { AttemptError } from '../../shared/webhooks.ts'

/** Codes of Node, its resolver and OpenSSL. */
const BY_CODE: Readonly<Record<string, AttemptError>> = {
  ADDRESS_NOT_ALLOWED: 'address_not_allowed',
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  EAI_NODATA: 'name_not_found',
  ENODATA: 'name_not_found',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  ETIMEDOUT: 'timeout',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  HOSTNAME_MISMATCH: 'tls',
}

/** Names why no answer came, without the words of whoever threw the error. */
export function errorOf(error: unknown): AttemptError {
  // Several addresses were tried in vain.
  const [one] = error instanceof AggregateError ? (error.errors as unknown[]) : [error]
  const { code } = (one ?? {}) as { code?: unknown }
  if (typeof code !== 'string') return 'unreachable'
  return BY_CODE[code] ?? (/^(ERR_TLS|ERR_SSL|CERT_)/.test(code) ? 'tls' : 'unreachable')
}
