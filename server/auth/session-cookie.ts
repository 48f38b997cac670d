/** Name of the cookie that holds a dashboard session's token. */
const COOKIE = 'yayin_session'

interface CookieOptions {
  /** When the session ends, in epoch milliseconds. */
  expiresAt: number
  /** Whether the browser came by https. */
  secure: boolean
  /** The path of the site that the hub lies below; empty at its root. */
  mount?: string
  nowMs?: number
}

/** Builds the `Set-Cookie` value that keeps a session's token, out of reach of scripts and other sites' forms. */
export function sessionCookie(
  token: string,
  { expiresAt, secure, mount = '', nowMs = Date.now() }: CookieOptions,
): string {
  const maxAgeSeconds = Math.max(0, Math.floor((expiresAt - nowMs) / 1000))
  const attributes = `Path=${mount || '/'}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax`
  return `${COOKIE}=${token}; ${attributes}${secure ? '; Secure' : ''}`
}

/** Builds the `Set-Cookie` value that makes the browser forget the session. */
export function expiredCookie(secure: boolean, mount = ''): string {
  return sessionCookie('', { expiresAt: 0, secure, mount })
}

/** Reads the session's token from a `Cookie` header; null without one. */
export function sessionToken(header: string | undefined): string | null {
  if (header === undefined) return null
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === COOKIE) return pair.slice(equals + 1).trim() || null
  }
  return null
}
