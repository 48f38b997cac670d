import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRaw, type RawConnection } from '../tests/support/raw.ts'
import { until } from '../tests/support/until.ts'
import { YayinError } from '../shared/errors.ts'
import type { StreamHead } from './gateways/sse/head.ts'
import type { TcpLink } from './gateways/sse/link.ts'
import { openLane } from './lane.ts'

const ASK = 'GET /api/events?channel=a HTTP/1.1\r\nHost: localhost\r\n\r\n'

let server: Server
let clients: RawConnection[]
let taken: { link: TcpLink; head: StreamHead; fields: readonly string[] }[]
/** What the gateway answers. */
let answer: () => boolean | Promise<boolean>
let refused: YayinError | null
let isLeaving: boolean
let close: () => Promise<void>

beforeEach(async () => {
  clients = []
  taken = []
  answer = () => true
  refused = null
  isLeaving = false
  server = createServer({ connectionsCheckingInterval: 20 }, (req, res) => {
    let body = ''
    req.on('data', (bytes: Buffer) => (body += bytes.toString()))
    req.on('end', () => res.end(`http: ${req.method} ${req.url} ${body};`))
  })
  close = openLane({
    server,
    sse: {
      take(link, head, fields) {
        const result = answer()
        const note = (isTaken: boolean) => {
          if (isTaken) taken.push({ link, head, fields })
          if (isTaken) link.write(Buffer.from('taken'))
          return isTaken
        }
        return result instanceof Promise ? result.then(note) : note(result)
      },
    },
    cors: (_req, res) => {
      res.setHeader('Vary', 'Origin')
      return false
    },
    hostCheck: ({ headers }) => (headers.host === 'evil' ? new YayinError('forbidden_host', 'no') : null),
    transportSecurity: () => undefined,
    refusal: () => refused,
    isLeaving: () => isLeaving,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  for (const client of clients) client.close()
  for (const { link } of taken) link.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await close()
})

function send(bytes: string): RawConnection {
  const client = openRaw(server.address() as AddressInfo, bytes)
  clients.push(client)
  return client
}

const answers = (client: RawConnection, text: string) => client.waitFor((all) => all.includes(text), text)

describe('openLane', () => {
  it('gives a plain request for a stream to the gateway, and what the guards say with it', async () => {
    await answers(send(ASK), 'taken')
    expect(taken[0]!.head).toEqual({ url: '/api/events?channel=a', headers: { host: 'localhost' } })
    expect(taken[0]!.fields).toEqual(['Vary: Origin'])
    expect(taken[0]!.link.remoteAddress).toBe('127.0.0.1')
  })

  it('drops what a stream’s client still sends, and closes with it', async () => {
    const client = send(ASK)
    await answers(client, 'taken')
    client.send('GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await delay(30)
    expect(client.text()).toBe('taken')
    client.close()
    await until(() => taken[0]!.link.isClosed)
  })

  it('leaves every other request to the HTTP server, with its body and those that follow', async () => {
    const client = send('POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc')
    client.send('def')
    await answers(client, 'http: POST /x abcdef;')
    client.send('GET /y HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await answers(client, 'http: GET /y ;')
    expect(taken).toEqual([])
  })

  it.each([
    ['comes in pieces', [ASK.slice(0, 9), ASK.slice(9)]],
    ['has another behind it', [`${ASK}GET /y HTTP/1.1\r\nHost: localhost\r\n\r\n`]],
    ['brings a name that is not let in', [ASK.replace('localhost', 'evil')]],
  ])('leaves a request for a stream to the HTTP server when it %s', async (_what, pieces) => {
    const client = send(pieces[0]!)
    for (const piece of pieces.slice(1)) {
      await delay(20)
      client.send(piece)
    }
    await answers(client, 'http: GET /api/events?channel=a ;')
    expect(taken).toEqual([])
  })

  it('leaves a request for a stream to the HTTP server while none are taken', async () => {
    refused = new YayinError('unavailable', 'starting')
    await answers(send(ASK), 'http: GET /api/events?channel=a ;')
  })

  it('leaves a request for a stream to the HTTP server while clients are to come on another connection', async () => {
    isLeaving = true
    await answers(send(ASK), 'http: GET /api/events?channel=a ;')
  })

  it.each([
    ['says no', () => false],
    ['throws', () => fail()],
    ['says no after a while', () => delay(20).then(() => false)],
    ['fails after a while', () => delay(20).then(fail)],
  ])('leaves a request to the HTTP server when the gateway %s', async (_what, given) => {
    answer = given
    const client = send(ASK)
    await delay(5)
    // Neither is lost what comes meanwhile.
    client.send('GET /y HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await answers(client, 'http: GET /api/events?channel=a ;')
    await answers(client, 'http: GET /y ;')
    expect(taken).toEqual([])
  })

  it('takes a request after a while', async () => {
    answer = () => delay(20).then(() => true)
    const client = send(ASK)
    await answers(client, 'taken')
    client.close()
    await until(() => taken[0]!.link.isClosed)
  })

  it('cuts those who take too long to ask, with what the HTTP server says', async () => {
    server.headersTimeout = 50
    const clients = [send(''), send('GET / HTTP/1.1\r\n')]
    const [late, unfinished] = await Promise.all(clients.map(({ ended }) => ended))
    expect(late).toMatch(/^HTTP\/1\.1 408 /)
    expect(late).toBe(unfinished)
  })

  it('closes when those who have not asked are cut and its streams have ended', async () => {
    const [idle, stream] = [send(''), send(ASK)]
    await answers(stream, 'taken')
    let isClosed = false
    const closed = close().then(() => (isClosed = true))
    await idle.ended
    expect(isClosed).toBe(false)
    taken[0]!.link.end()
    await stream.ended
    await closed
  })
})

function fail(): never {
  throw new YayinError('unauthorized', 'no')
}
