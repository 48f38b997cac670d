import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'

/** Keys are fetched anew when they are this old, so that one that was withdrawn counts no more. */
const MAX_AGE_MS = 600_000
/** How long the address is left alone after it did not answer. */
const RETRY_MS = 30_000

/**
 * Creates the finder of keys that are published at `url`. They are fetched at first use, when they are old, and when a
 * token names a key that is not among them. While the address doesn't answer, the last good keys serve on.
 */
export function createKeySet(url: URL, now: () => number): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, { cacheMaxAge: Infinity })
  let reloadAtMs: number | null = null

  async function refresh(): Promise<void> {
    if (reloadAtMs === null || now() < reloadAtMs) return
    reloadAtMs = now() + RETRY_MS
    await keys.reload().then(
      () => (reloadAtMs = now() + MAX_AGE_MS),
      () => undefined,
    )
  }

  return async (header, token) => {
    await refresh()
    const key = await keys(header, token)
    reloadAtMs ??= now() + MAX_AGE_MS
    return key
  }
}
