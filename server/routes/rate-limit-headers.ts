import type { ServerResponse } from 'node:http'
import type { Quota } from '../../shared/errors.ts'

/** Sets `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10) on an answer. */
export function setRateLimitHeaders(res: ServerResponse, quota: Quota): void {
  const { name, limit, windowSeconds, remaining, resetSeconds } = quota
  res.setHeader('RateLimit-Policy', `"${name}";q=${limit};w=${windowSeconds}`)
  res.setHeader('RateLimit', `"${name}";r=${remaining};t=${resetSeconds}`)
}
