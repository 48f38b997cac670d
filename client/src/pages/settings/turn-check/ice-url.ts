/** Over what a browser speaks to an ICE server; `tls` is TLS over TCP, `dtls` over UDP. */
export type IceTransport = 'udp' | 'tcp' | 'tls' | 'dtls'

export interface IceUrl {
  url: string
  /** STUN tells a browser its own address, TURN relays. */
  kind: 'stun' | 'turn'
  transport: IceTransport
}

/** Reads an ICE server's URL (RFC 7064, RFC 7065): UDP unless it says otherwise, and TCP under TLS. */
export function readIceUrl(url: string): IceUrl {
  const isSecure = /^(turns|stuns):/i.test(url)
  const asked = /[?&]transport=(udp|tcp)/i.exec(url)?.[1]?.toLowerCase()
  const kind = /^turn/i.test(url) ? 'turn' : 'stun'
  if (isSecure) return { url, kind, transport: asked === 'udp' ? 'dtls' : 'tls' }
  return { url, kind, transport: asked === 'tcp' ? 'tcp' : 'udp' }
}
