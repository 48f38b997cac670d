import { createServer, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStreamHead } from './head.ts'

const read = (text: string) => readStreamHead(Buffer.from(text, 'latin1'))
const head = (...lines: string[]) => [...lines, '', ''].join('\r\n')

describe('a plain request for a stream', () => {
  it('is read with its query and headers, as a browser sends it', () => {
    const text = head(
      'GET /api/events?channel=a%2Fb&token=x HTTP/1.1',
      'Host: localhost:3000',
      'Connection: keep-alive',
      'User-Agent:Browser/1.0 (X; y)  ',
      'Last-Event-ID: k3f9.12',
      'Cookie: a="1"; b=2',
    )
    expect(read(text)).toEqual({
      url: '/api/events?channel=a%2Fb&token=x',
      headers: {
        host: 'localhost:3000',
        connection: 'keep-alive',
        'user-agent': 'Browser/1.0 (X; y)',
        'last-event-id': 'k3f9.12',
        cookie: 'a="1"; b=2',
      },
    })
  })

  const host = 'Host: x'
  it.each([
    ['another address', head('GET /api/eventsx HTTP/1.1', host)],
    ['another method', head('POST /api/events HTTP/1.1', host)],
    ['another version', head('GET /api/events HTTP/1.0', host)],
    ['no host', head('GET /api/events HTTP/1.1')],
    ['a body', head('GET /api/events HTTP/1.1', host, 'Content-Length: 0')],
    ['a chunked body', head('GET /api/events HTTP/1.1', host, 'Transfer-Encoding: chunked')],
    ['an upgrade', head('GET /api/events HTTP/1.1', host, 'Connection: Upgrade', 'Upgrade: h2c')],
    ['its connection closed after', head('GET /api/events HTTP/1.1', host, 'Connection: close')],
    [
      'its connection closed after, by the name of a proxy',
      head('GET /api/events HTTP/1.1', host, 'Proxy-Connection: close'),
    ],
    ['a header twice', head('GET /api/events HTTP/1.1', host, 'X: 1', 'x: 2')],
    ['a folded header', head('GET /api/events HTTP/1.1', host, 'X: 1', ' 2')],
    ['a space before the colon', head('GET /api/events HTTP/1.1', host, 'X : 1')],
    ['a control character', head('GET /api/events HTTP/1.1', host, 'X: \x01')],
    ['letters beyond ASCII', head('GET /api/events HTTP/1.1', host, 'X: \xfc')],
    ['bare line feeds', 'GET /api/events HTTP/1.1\nHost: x\n\n'],
    ['an unfinished head', 'GET /api/events HTTP/1.1\r\nHost: x\r\n'],
    ['a second request behind it', head('GET /api/events HTTP/1.1', host).repeat(2)],
    ['too long a head', head('GET /api/events HTTP/1.1', host, `X: ${'x'.repeat(5000)}`)],
  ])('is left to the HTTP server with %s', (_what, text) => {
    expect(read(text)).toBeNull()
  })
})

describe('what is read', () => {
  const seen: IncomingMessage[] = []
  const server = createServer((req, res) => {
    seen.push(req)
    res.end()
  })
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => void server.close())

  async function byNode(text: string): Promise<IncomingMessage | null> {
    seen.length = 0
    const { port } = server.address() as { port: number }
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(text, 'latin1'))
      socket
        .on('close', () => resolve())
        .on('error', () => undefined)
        .resume()
    })
    return seen[0] ?? null
  }

  const name = fc.constantFrom('X-A', 'accept', 'Cookie', 'last-event-id', 'Referer', 'x_b')
  const value = fc.string({ maxLength: 12 })
  const line = fc.oneof(
    fc.tuple(name, fc.constantFrom(': ', ':', ' :', ':\t '), value).map((parts) => parts.join('')),
    fc.constantFrom('Connection: keep-alive', 'Content-Length: 0', 'Expect: 100-continue', '', ' folded', 'Host: y'),
  )
  const query = fc.string({ maxLength: 8 })

  it('is what Node’s parser reads, whenever it is read at all', async () => {
    let taken = 0
    const run = fc.asyncProperty(query, fc.array(line, { maxLength: 4 }), async (asked, lines) => {
      const text = head(`GET /api/events?q=${asked} HTTP/1.1`, 'Host: x', ...lines)
      const own = read(text)
      if (own === null) return
      taken++
      const req = await byNode(text)
      expect(req?.url).toBe(own.url)
      expect({ ...req?.headers }).toEqual(own.headers)
    })
    await fc.assert(run, { numRuns: 400 })
    expect(taken).toBeGreaterThan(20)
  })
})
