import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { joinChunks, openRaw, type RawConnection, splitHead } from '../../../tests/support/raw.ts'
import { turn } from '../../../tests/support/hub.ts'
import { until } from '../../../tests/support/until.ts'
import { openStream, type Stream } from './stream.ts'

type Parser = Record<'remove' | 'close', unknown>
type HttpSocket = Socket & { parser: Parser | null }

/** A stream as the server opened it. */
interface Opened {
  stream: Stream
  req: IncomingMessage
  res: ServerResponse
  socket: HttpSocket
  /** Times that it was told to be gone. */
  gone: number
}

const GET = 'GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n'
const LATER = GET.replace('/events', '/later')
const OTHER = 'GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n'

let server: Server
let port: number
let opened: Opened[]
let clients: RawConnection[]
/** Called with each request for a stream before it is opened. */
let spoil: (req: IncomingMessage, res: ServerResponse) => void

beforeEach(async () => {
  opened = []
  clients = []
  spoil = () => undefined
  // Checked often, so that a request which still counts as unfinished is soon cut.
  server = createServer({ requestTimeout: 100, headersTimeout: 100, connectionsCheckingInterval: 20 }, (req, res) => {
    if (req.url === '/other') setImmediate(() => res.end('other'))
    else if (req.url === '/later') setTimeout(() => open(req, res), 20)
    else open(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const client of clients) client.close()
  for (const { socket } of opened) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

function open(req: IncomingMessage, res: ServerResponse): void {
  spoil(req, res)
  const one: Opened = { stream: openStream(req, res, true), req, res, socket: req.socket as HttpSocket, gone: 0 }
  opened.push(one)
  write(one, 'first')
  one.stream.onGone(() => one.gone++)
}

function write({ stream }: Opened, text: string): void {
  stream.sink.write(stream.wire.frame({ text }))
}

function send(bytes: string): RawConnection {
  const client = openRaw({ port }, bytes)
  clients.push(client)
  return client
}

/** Opens a stream with `bytes` and waits until its first event has come, and whatever is let go has been. */
async function opening(bytes: string): Promise<{ client: RawConnection; one: Opened }> {
  const client = send(bytes)
  await client.waitFor((text) => text.includes('first'), 'the first event comes')
  await turn()
  return { client, one: opened[0]! }
}

const isLetGo = ({ socket, res }: Opened) => socket.parser === null && res.socket === null

async function expectEvent(one: Opened, client: RawConnection, text = 'second'): Promise<void> {
  write(one, text)
  await client.waitFor((all) => all.includes(`{"text":"${text}"}\n\n`), 'a later event comes')
}

async function expectGoneOnce(one: Opened): Promise<void> {
  await until(() => one.gone > 0, { what: 'the stream is told to be gone' })
  await turn()
  expect(one.gone).toBe(1)
}

describe('a standing stream', () => {
  it('holds neither request, response nor parser, and brings events, when its head is out', async () => {
    const { client, one } = await opening(GET)
    expect(isLetGo(one)).toBe(true)
    await expectEvent(one, client)
    expect(joinChunks(splitHead(client.text()).body).text).toBe('data: {"text":"first"}\n\ndata: {"text":"second"}\n\n')
  })

  it('is not cut when requests that take so long would be', async () => {
    const { client, one } = await opening(GET)
    const sinceMs = performance.now()
    await until(() => performance.now() - sinceMs > 300, { what: 'the limits of a request are over' })
    await expectEvent(one, client)
    expect(one.gone).toBe(0)
  })

  it('ends with the last chunk when the server closes it', async () => {
    const { client, one } = await opening(GET)
    one.stream.end()
    expect(joinChunks(splitHead(await client.ended).body).whole).toBe(true)
    await expectGoneOnce(one)
  })

  it('brings plain bytes up to the end of the connection when the client speaks HTTP/1.0', async () => {
    const { client, one } = await opening(GET.replace('HTTP/1.1', 'HTTP/1.0'))
    expect(isLetGo(one)).toBe(true)
    await expectEvent(one, client)
    one.stream.end()
    expect(splitHead(await client.ended).body).toBe('data: {"text":"first"}\n\ndata: {"text":"second"}\n\n')
    await expectGoneOnce(one)
  })

  it('takes no notice of what the client sends on it', async () => {
    const { client, one } = await opening(GET)
    client.send(`${OTHER}\0\xFF not HTTP at all \r\n\r\n`)
    await expectEvent(one, client)
    expect(client.text()).not.toContain('other')
  })

  it('takes no notice of a request that came in one packet with its own', async () => {
    const { client, one } = await opening(GET + OTHER)
    await expectEvent(one, client)
    expect(client.text()).not.toContain('other')
    client.close()
    await expectGoneOnce(one)
  })
})

describe('a client that goes', () => {
  it('is noticed when it closes', async () => {
    const { client, one } = await opening(GET)
    client.close()
    await expectGoneOnce(one)
  })

  it('is noticed by all streams that it has asked for on one connection, though one alone is ever answered', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    const client = send(GET.repeat(20) + LATER)
    await until(() => opened.length === 21, { what: 'the streams are open' })
    await turn()
    client.close()
    for (const one of opened) await expectGoneOnce(one)
    process.off('warning', note)
    expect(warnings).toEqual([])
  })

  it('is noticed when it closes its own side alone', async () => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined)
    socket.write(GET)
    await until(() => opened.length === 1, { what: 'the stream is open' })
    await turn()
    socket.resume().end()
    await expectGoneOnce(opened[0]!)
    socket.destroy()
  })

  it('is noticed, and the server lives on, when it resets the connection in the middle of a write', async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.write(GET)
    await until(() => opened.length === 1, { what: 'the stream is open' })
    await turn()
    socket.resetAndDestroy()
    write(opened[0]!, 'x'.repeat(1_000_000))
    await expectGoneOnce(opened[0]!)
    await opening(GET)
  })

  it('is noticed when it is gone before anything was let go', async () => {
    spoil = (req) => void setImmediate(() => req.socket.destroy())
    send(GET)
    await until(() => opened.length === 1, { what: 'the stream is open' })
    await expectGoneOnce(opened[0]!)
    expect(isLetGo(opened[0]!)).toBe(false)
  })
})

describe('what can not be let go', () => {
  const without: Record<string, (req: IncomingMessage, res: ServerResponse) => void> = {
    'the response can not be detached': (_, res) => Object.assign(res, { detachSocket: undefined }),
    'the parser can not be taken off its list': (req) => Object.assign(parserOf(req), { remove: undefined }),
    'the parser can not be freed': (req) => Object.assign(parserOf(req), { close: undefined }),
  }
  const parserOf = (req: IncomingMessage) => (req.socket as HttpSocket).parser!

  it.each(Object.keys(without))('is kept, and the stream works the same, when %s', async (name) => {
    // Parsers are used again for later connections, so what is taken from one has to come back.
    const spoiled: Parser[] = []
    spoil = (req, res) => {
      spoiled.push(parserOf(req))
      without[name]!(req, res)
    }
    const { client, one } = await opening(GET)
    expect(isLetGo(one)).toBe(false)
    await expectEvent(one, client)
    for (const parser of spoiled)
      for (const key of ['remove', 'close'] as const) delete (parser as Partial<Parser>)[key]
    one.stream.end()
    expect(joinChunks(splitHead(await client.ended).body).whole).toBe(true)
    await expectGoneOnce(one)
  })

  it('is kept when the stream waits behind an earlier answer, and it follows that answer', async () => {
    const { client, one } = await opening(OTHER + GET)
    expect(isLetGo(one)).toBe(false)
    await expectEvent(one, client)
    expect(client.text().indexOf('other')).toBeLessThan(client.text().indexOf('first'))
    client.close()
    await expectGoneOnce(one)
  })
})
