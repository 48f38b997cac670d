/** Where a Redis is, and how to get in. */
export interface RedisAddress {
  kind: 'one' | 'sentinel' | 'cluster'
  tls: boolean
  /** The server, its sentinels, or some of the cluster's nodes. */
  hosts: { host: string; port: number }[]
  username: string | null
  password: string | null
  /** Number of the database; 0 in a cluster. */
  db: number
  /** What the sentinels call the primary; empty but for `sentinel`. */
  primary: string
  /** The sentinels' own password, `?sentinelPassword=`. */
  sentinelPassword: string | null
}

const SCHEME = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/([^/?#]*)(\/[^?#]*)?(\?[^#]*)?$/
const PORTS = { one: 6379, sentinel: 26_379, cluster: 6379 }

/**
 * Reads `redis://user:password@host:port/db`, `redis+sentinel://…@host:port,host:port/primary/db` or
 * `redis+cluster://…@host:port,host:port`, each with `rediss` for TLS; null when it is none of these. Names and
 * passwords are percent-encoded, as in any URL.
 */
export function parseRedisUrl(url: string): RedisAddress | null {
  const [, scheme, form, authority = '', path = '', query = ''] = SCHEME.exec(url) ?? []
  if (scheme === undefined) return null
  const kind = (form ?? 'one') as RedisAddress['kind']
  const at = authority.lastIndexOf('@')
  const [username = '', ...password] = authority.slice(0, Math.max(0, at)).split(':')
  const names = authority.slice(at + 1).split(',')
  const hosts = names.map((name) => parseHost(name, PORTS[kind]))
  const segments = path.split('/').slice(1)
  const primary = kind === 'sentinel' ? decode(segments.shift() ?? '') : ''
  const [db = ''] = segments
  const isFine =
    hosts.every((host) => host !== null) &&
    (kind !== 'one' || hosts.length === 1) &&
    (kind !== 'sentinel' || (primary !== null && primary !== '')) &&
    segments.length <= 1 &&
    /^\d{0,4}$/.test(db) &&
    (kind !== 'cluster' || Number(db) === 0)
  if (!isFine) return null
  const credentials = [username, password.join(':'), new URLSearchParams(query).get('sentinelPassword') ?? '']
  const [user, secret, sentinelPassword] = credentials.map(decode)
  return {
    kind,
    tls: scheme === 'rediss',
    hosts: hosts.filter((host) => host !== null),
    username: user || null,
    password: secret || null,
    db: Number(db),
    primary: primary ?? '',
    sentinelPassword: sentinelPassword || null,
  }
}

function parseHost(text: string, defaultPort: number): { host: string; port: number } | null {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?))(?::(\d{1,5}))?$/i.exec(text.trim())
  if (found === null) return null
  const [, address, name, digits] = found
  const port = Number(digits ?? defaultPort)
  return port > 0 && port <= 65_535 ? { host: address ?? name ?? '', port } : null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
