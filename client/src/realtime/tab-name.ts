/** Claims that differ from one token of a user to the next. */
const PASSING = ['exp', 'iat', 'nbf', 'jti']

/**
 * Returns what the tabs that may share a connection have in common: the hub and who is asking, with all that a token
 * allows, so that no tab hears what another's token is for. Null stands for the page's cookie.
 */
export async function tabName(hub: string, token: string | null): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${hub} ${subjectOf(token)}`))
  return `yayin:${btoa(String.fromCharCode(...new Uint8Array(bytes))).slice(0, 22)}`
}

/** The claims of a JWT (RFC 7519) that last, or the whole token where it is none. */
function subjectOf(token: string | null): string | null {
  try {
    const payload = atob(token!.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))
    const claims = Object.entries(JSON.parse(payload) as object).filter(([name]) => !PASSING.includes(name))
    return JSON.stringify(claims.sort(([a], [b]) => (a < b ? -1 : 1)))
  } catch {
    return token
  }
}
