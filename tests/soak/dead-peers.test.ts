import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { startLightServer } from '../support/light-server.ts'
import { createNamespace, hasNamespaces, type Namespace } from '../support/network-namespace.ts'
import type { TestServer } from '../support/server.ts'
import { type EventStream, openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { join, listen, openRoom } from '../support/video.ts'

/** Prints an event stream; what a lane does not read goes through the HTTP server. */
const READ = `const [, url, way] = process.argv
const headers = way === 'http' ? { te: 'trailers' } : {}
if (way === 'ws') new (require('ws'))(url).on('message', (frame) => process.stdout.write(frame + '\\n'))
else require('http').get(url, { headers }, (stream) => stream.pipe(process.stdout))`

/** What TCP alone takes is some fifteen minutes. */
const WITHIN = { deadlineMs: 90_000, everyMs: 100 }

describe.skipIf(!hasNamespaces)('whose network vanished without a word', () => {
  let network: Namespace
  let server: TestServer
  let node: string
  const readers: ChildProcess[] = []

  beforeAll(async () => {
    network = await createNamespace()
    node = await network.wrap(process.execPath)
    server = await startLightServer({ env: { BROKER: 'local', HOST: network.address } })
  })
  afterEach(() => network.restore())
  afterAll(async () => {
    for (const reader of readers) reader.kill('SIGKILL')
    await server.stop()
    await network.close()
  })

  /** Opens a stream from beyond the cable; resolves once it is greeted, with its id and how to see what came. */
  async function openAfar(query: Record<string, string>, way: 'lane' | 'http' | 'ws' = 'lane') {
    const address = new URL(way === 'ws' ? '/ws' : '/api/events', server.url)
    address.search = new URLSearchParams(query).toString()
    const reader = spawn(node, ['-e', READ, address.href, way], { stdio: ['ignore', 'pipe', 'inherit'] })
    readers.push(reader)
    let text = ''
    reader.stdout.setEncoding('utf8').on('data', (more: string) => (text += more))
    const id = await until(() => /"connectionId":"([^"]+)"/.exec(text)?.[1], { deadlineMs: 20_000 })
    return { id, text: () => text, reader }
  }

  const isOpen = async (id: string) => (await api(server).get(`/api/connections/${id}`)).status === 200

  async function tokenFor(sub: string): Promise<string> {
    const claims = { sub, subscribe: ['news'] }
    return String((await api(server).post('/api/auth/tokens', claims)).body.token)
  }

  const brings = (stream: EventStream, type: string, id: string) =>
    until(() => stream.frames.some(({ body }) => body.type === type && JSON.stringify(body).includes(id)), {
      ...WITHIN,
      what: `${type} of ${id}`,
    })

  it('is gone from lists, presence, room, log and figures', async () => {
    const { room } = await openRoom(server)
    const [ada, bob, eve] = [await join(server, room.id), await join(server, room.id), await join(server, room.id)]
    const inRoom = await listen(server, ada)
    const [nearToken, linkToken, httpToken] = [await tokenFor('near'), await tokenFor('link'), await tokenFor('http')]
    const onNews = await openEvents(server.url, { channels: ['news'], token: nearToken, query: { presence: '1' } })
    const participant = await openAfar({ token: bob.token })
    const onSocket = await openAfar({ token: eve.token }, 'ws')
    const link = await openAfar({ channel: 'news', token: linkToken })
    const http = await openAfar({ channel: 'news', token: httpToken }, 'http')

    const lostAtMs = performance.now()
    const note = (what: string) => {
      process.stdout.write(
        `${what} ${((performance.now() - lostAtMs) / 1000).toFixed(1)} s after the network vanished\n`,
      )
    }
    network.lose()
    await Promise.all([
      until(async () => !(await isOpen(participant.id)), WITHIN).then(() => note('participant closed')),
      brings(inRoom, 'participant_left', bob.id).then(() => note('participant left')),
      brings(inRoom, 'participant_left', eve.id).then(() => note('participant left, over WebSocket,')),
      brings(onNews, 'presence_leave', link.id).then(() => note('member left, on a link,')),
      brings(onNews, 'presence_leave', http.id).then(() => note('member left, on a socket,')),
    ])
    for (const { id } of [participant, onSocket, link, http]) {
      expect(await isOpen(id)).toBe(false)
      const { body } = await api(server).get<{ logs: unknown[] }>(`/api/logs?type=disconnect&q=${id}`)
      expect(body.logs).toMatchObject([{ data: { connectionId: id, reason: 'error' } }])
    }
    const { body: figures } = await api(server).get('/metrics')
    expect(figures).toContain('yayin_connections_closed_total{transport="sse",reason="error"} 3')
    expect(onNews.frames.some(({ body }) => body.type === 'disconnect')).toBe(false)
    for (const stream of [inRoom, onNews]) stream.close()
  })

  it('stays when it comes back after some seconds, again and again, and has got everything', async () => {
    const stream = await openAfar({ channel: 'news', token: await tokenFor('train') })
    let n = 0
    for (let round = 0; round < 4; round++) {
      network.lose()
      const backAtMs = performance.now() + 6000
      while (performance.now() < backAtMs) {
        await api(server).post('/api/broadcast', { channel: 'news', n: ++n })
        await delay(200)
      }
      network.restore()
      await until(() => stream.text().includes(`"n":${n}}`), { ...WITHIN, what: `message ${n}` })
    }
    expect(await isOpen(stream.id)).toBe(true)
    const numbers = [...stream.text().matchAll(/"n":(\d+)\}/g)].map(([, digits]) => Number(digits))
    expect(numbers).toEqual(Array.from({ length: n }, (_, i) => i + 1))
  })
})
