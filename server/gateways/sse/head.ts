/** The head of a request for a stream: what the HTTP server's own request shows of it. */
export interface StreamHead {
  /** Path and query. */
  url: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
}

/** A longer head is left to the HTTP server, with its limits. */
const MAX_BYTES = 4096
const START = 'GET /api/events'
const END = '\r\n\r\n'
/** Names and values as RFC 9110 §5.1 and §5.5 have them; whatever else a head may hold is not looked at here. */
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?[ \t]*$/
const TARGET = /^GET (\/api\/events(?:\?[\x21\x23-\x7e]*)?) HTTP\/1\.1$/
/** Headers that change what follows the head, or what becomes of the connection. */
const OTHER_WAYS = [
  'connection',
  'content-length',
  'expect',
  // Node's parser takes it for Connection.
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/**
 * Reads a plain request for an event stream from the first bytes of a connection: HTTP/1.1, the head whole and nothing
 * behind it, no body, no header twice. Null for everything else, which is for the HTTP server to read.
 */
export function readStreamHead(bytes: Buffer): StreamHead | null {
  if (bytes.length > MAX_BYTES) return null
  const text = bytes.toString('latin1')
  if (!text.startsWith(START) || !text.endsWith(END) || text.indexOf(END) !== text.length - END.length) return null
  const lines = text.slice(0, -END.length).split('\r\n')
  const url = TARGET.exec(lines[0]!)?.[1]
  if (url === undefined) return null
  const headers: Record<string, string> = {}
  for (let i = 1; i < lines.length; i++) {
    const field = FIELD.exec(lines[i]!)
    if (field === null) return null
    const name = field[1]!.toLowerCase()
    if (Object.hasOwn(headers, name)) return null
    headers[name] = field[2] ?? ''
  }
  return isPlain(headers) ? { url, headers } : null
}

function isPlain(headers: Readonly<Record<string, string>>): boolean {
  if (headers['host'] === undefined) return false
  return OTHER_WAYS.every((name) => {
    const value = headers[name]
    return value === undefined || (name === 'connection' && value.toLowerCase() === 'keep-alive')
  })
}
