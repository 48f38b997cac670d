/** What a connection asks for in its address. */
export interface Subscription {
  /** Names or patterns; the server's default channel when empty. */
  channels: readonly string[]
  /** Whether comings and goings on them are told too. */
  presence: boolean
  /** Position to resume from; null for none. */
  position: string | null
}

/** Returns the hub's own address, below which everything lies, with a slash at its end. @throws TypeError for none */
export function hubAddress(url = '/', baseUrl?: string): string {
  const { origin, pathname } = new URL(url, baseUrl)
  return origin + pathname.replace(/\/*$/, '/')
}

/** Builds the address of a stream: `api/events?channel=…&lastEventId=…` below `hub`. */
export function streamAddress(hub: string, path: string, { channels, presence, position }: Subscription): URL {
  const address = new URL(path, hub)
  for (const channel of channels) address.searchParams.append('channel', channel)
  if (presence) address.searchParams.set('presence', '1')
  if (position !== null) address.searchParams.set('lastEventId', position)
  return address
}

/** Tells whether an address is this machine's own, which is reachable without any network. */
export function isLoopback(address: string): boolean {
  return /^(localhost|.*\.localhost|\[::1\]|127\..*)$/.test(new URL(address).hostname)
}
