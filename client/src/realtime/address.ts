interface Subscription {
  channels: readonly string[]
  token: string | null
  /** Position to resume from; null for none. */
  position: string | null
}

/** Builds the address of a stream: `/api/events?channel=…&token=…&lastEventId=…`, resolved when `baseUrl` is given. */
export function streamUrl(url: string, baseUrl: string | null, { channels, token, position }: Subscription): string {
  const address = resolve(url, baseUrl)
  for (const channel of channels) address.searchParams.append('channel', channel)
  if (token !== null) address.searchParams.set('token', token)
  if (position !== null) address.searchParams.set('lastEventId', position)
  return address.href
}

/** Tells whether an address is this machine's own, which is reachable without any network. */
export function isLoopback(url: string, baseUrl: string | null): boolean {
  const { hostname } = resolve(url, baseUrl)
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || hostname.startsWith('127.')
  )
}

function resolve(url: string, baseUrl: string | null): URL {
  return baseUrl === null ? new URL(url) : new URL(url, baseUrl)
}
