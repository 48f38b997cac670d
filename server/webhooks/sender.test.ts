import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createAddressCheck } from './address.ts'
import { createSender, readRetryAfter, type Sender } from './sender.ts'

const HERE = createAddressCheck({ all: false, networks: ['127.0.0.1', '::1'] })
const open: (Server | Sender)[] = []

afterEach(() => {
  for (const one of open.splice(0)) {
    if ('closeAllConnections' in one) one.closeAllConnections()
    one.close()
  }
})

async function serve(answer: (req: IncomingMessage, res: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  open.push(server)
  server.listen(0)
  await once(server, 'listening')
  return String((server.address() as AddressInfo).port)
}

function sender(isAllowed = HERE, timeoutMs?: number): Sender {
  const made = createSender({ isAllowed, ...(timeoutMs !== undefined && { timeoutMs }) })
  open.push(made)
  return made
}
const request = (url: string) => ({ url, headers: { 'x-test': 'yes' }, body: '{"ü":1}' })

describe('the sender', () => {
  it('posts the body as it is, and tells the answer', async () => {
    let got = ''
    const port = await serve((req, res) => {
      req
        .setEncoding('utf8')
        .on('data', (text: string) => (got += `${req.method} ${String(req.headers['x-test'])} ${text}`))
      req.on('end', () => res.writeHead(202, { 'retry-after': '7' }).end('thanks'))
    })
    const outcome = await sender().send(request(`http://127.0.0.1:${port}/`))
    expect(outcome).toMatchObject({ kind: 'answered', status: 202, response: 'thanks', retryAfterSeconds: 7 })
    expect(got).toBe('POST yes {"ü":1}')
  })

  it.each(['http://localhost', 'http://127.0.0.1', 'http://2130706433', 'http://[::ffff:127.0.0.1]', 'http://[::1]'])(
    'does not even connect to %s when this machine is not allowed',
    async (origin) => {
      let asked = 0
      const port = await serve((_req, res) => res.end(String(asked++)))
      const strict = sender(createAddressCheck({ all: false, networks: [] }))
      expect(await strict.send(request(`${origin}:${port}/`))).toMatchObject({ error: 'address_not_allowed' })
      expect(asked).toBe(0)
    },
  )

  it('asks again what a name stands for at each connection, so that a changed answer is checked too', async () => {
    const port = await serve((_req, res) => res.setHeader('connection', 'close').end())
    let isAllowed = true
    const rebound = sender((address) => isAllowed && HERE(address))
    const url = `http://localhost:${port}/`
    expect(await rebound.send(request(url))).toMatchObject({ kind: 'answered' })
    isAllowed = false
    expect(await rebound.send(request(url))).toMatchObject({ error: 'address_not_allowed' })
  })

  it('follows no redirect', async () => {
    const asked: (string | undefined)[] = []
    const port = await serve((req, res) => {
      asked.push(req.url)
      res.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(await sender().send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 307 })
    expect(asked).toEqual(['/'])
  })

  it('keeps the beginning of an answer, and reads no endless one', async () => {
    let written = 0
    const port = await serve((_req, res) => {
      const more = () => {
        while (!res.destroyed && res.write('x'.repeat(65_536))) written += 65_536
        if (!res.destroyed) res.once('drain', more)
      }
      more()
    })
    const outcome = await sender().send(request(`http://127.0.0.1:${port}/`))
    expect(outcome.kind === 'answered' && outcome.response).toBe('x'.repeat(4096))
    expect(written).toBeLessThan(64 * 1024 * 1024)
  })

  it('gives up when no answer comes in time, and takes one that breaks off after its head', async () => {
    const port = await serve((req, res) => {
      if (req.url === '/cut') res.writeHead(200, { 'content-length': '100' }).write('begun')
      if (req.url === '/cut') setTimeout(() => res.destroy(), 50)
    })
    const quick = sender(HERE, 500)
    expect(await quick.send(request(`http://127.0.0.1:${port}/silent`))).toMatchObject({ error: 'timeout' })
    const cut = await quick.send(request(`http://127.0.0.1:${port}/cut`))
    expect(cut).toMatchObject({ kind: 'answered', status: 200, response: 'begun' })
  })

  it('sends once more when a kept connection turns out to be closed', async () => {
    let asked = 0
    const port = await serve((req, res) => {
      // The second request meets a connection that ends in its face.
      if (++asked === 2) req.socket.resetAndDestroy()
      else res.end()
    })
    const one = sender()
    const outcomes = [
      await one.send(request(`http://127.0.0.1:${port}/`)),
      await one.send(request(`http://127.0.0.1:${port}/`)),
    ]
    expect(outcomes).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(asked).toBe(3)
  })

  it('tells a receiver that is away from one that hangs up', async () => {
    const port = await serve((req) => req.socket.resetAndDestroy())
    expect(await sender().send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ error: 'connection_lost' })
    open.splice(0).forEach((one) => one.close())
    expect(await sender().send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ error: 'connection_refused' })
    const tls = await serve((_req, res) => res.end())
    expect(await sender().send(request(`https://127.0.0.1:${tls}/`))).toMatchObject({ error: 'tls' })
  })
})

describe('Retry-After', () => {
  it.each([
    [undefined, null],
    ['120', 120],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 60],
    ['Wed, 21 Oct 2020 07:28:00 GMT', 0],
    ['soon', null],
    ['-5', null],
  ])('%s is %s', (text, seconds) => {
    expect(readRetryAfter(text, Date.parse('2026-10-21T07:27:00Z'))).toBe(seconds)
  })
})
