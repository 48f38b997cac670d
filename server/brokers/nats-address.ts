/** How the servers of a NATS are reached. */
export interface NatsAddress {
  /** `host:port` each; the default port is 4222. */
  servers: string[]
  /** Taken from the first address that names them. */
  user?: string
  pass?: string
  token?: string
  /** Present when one address asks for TLS; the certificate is checked against the system's authorities. */
  tls?: Record<string, never>
}

const DEFAULT_PORT = '4222'

/**
 * Reads `nats://` and `tls://` addresses parted by commas; null when they are none. A user without a password is a
 * token, as NATS has it.
 */
export function parseNatsUrl(text: string): NatsAddress | null {
  const items = text.split(',').map((item) => item.trim())
  if (!items.every(isAddress)) return null
  const urls = items.map((item) => new URL(item))
  const servers = urls.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`)
  const named = urls.find(({ username }) => username !== '')
  return { servers, ...(named && signIn(named)), ...(urls.some(({ protocol }) => protocol === 'tls:') && { tls: {} }) }
}

function isAddress(text: string): boolean {
  if (!/^(nats|tls):\/\/\S+$/.test(text) || !URL.canParse(text)) return false
  const { hostname, username, password, pathname, search, hash } = new URL(text)
  const isBare = (pathname === '' || pathname === '/') && search === '' && hash === ''
  return hostname !== '' && isBare && unescaped(username) !== null && unescaped(password) !== null
}

function signIn({ username, password }: URL): Pick<NatsAddress, 'user' | 'pass' | 'token'> {
  const name = unescaped(username) ?? ''
  return password === '' ? { token: name } : { user: name, pass: unescaped(password) ?? '' }
}

/** Null for a text whose escapes are no letters. */
function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
