import { IncomingMessage } from 'node:http'

/** Headers that tell how the body was on its way here, and not how it is now. */
const OF_TRANSFER = ['content-encoding', 'transfer-encoding']

/** Tells whether somebody has read a request's body already, as a body parser before the hub has. */
export function isBodyRead(req: IncomingMessage): boolean {
  return req.readableDidRead
}

/**
 * Makes a request anew whose body a parser has read into `req.body`, so that it can be read once more; null when what it
 * held is not known.
 */
export function replay(req: IncomingMessage): IncomingMessage | null {
  const bytes = bytesOf('body' in req ? req.body : undefined)
  if (bytes === null) return null
  const again = new IncomingMessage(req.socket)
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = req
  Object.assign(again, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, complete: true })
  again.headers = { ...req.headers, 'content-length': String(bytes.length) }
  for (const name of OF_TRANSFER) delete again.headers[name]
  if (bytes.length > 0) again.push(bytes)
  again.push(null)
  return again
}

function bytesOf(body: unknown): Buffer | null {
  if (Buffer.isBuffer(body)) return body
  if (typeof body === 'string') return Buffer.from(body)
  return body === undefined ? null : Buffer.from(JSON.stringify(body))
}
