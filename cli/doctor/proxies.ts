/** What stands before a hub. */
export type Proxy = 'nginx' | 'Caddy' | 'HAProxy'

/** Lines to change, for each proxy that has some. */
export type ProxyLines = Partial<Record<Proxy, string>>

/** Tells from an answer's headers what stands before the hub; null when nothing says so. HAProxy never does. */
export function proxyOf(headers: Readonly<Record<string, string | string[] | undefined>>): Proxy | null {
  const told = `${String(headers['server'] ?? '')} ${String(headers['via'] ?? '')}`.toLowerCase()
  if (/nginx|openresty/.test(told)) return 'nginx'
  return told.includes('caddy') ? 'Caddy' : null
}

/** The lines for the proxy that is there; for each of them when that is not known. */
export function linesFor(proxy: Proxy | null, lines: ProxyLines): string[] {
  const own = proxy === null ? undefined : lines[proxy]
  if (proxy !== null && own !== undefined) return [`${proxy}: ${own}`]
  return Object.entries(lines).map(([name, line]) => `${name}: ${line}`)
}
