import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { createClient } from '../../client/src/realtime/index.ts'
import type { EmbeddedHub, HubOptions } from '../../server/embed/index.ts'
import { api } from '../support/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { openSocket } from '../support/ws.ts'

const KEY = `yk_embed_${'x'.repeat(24)}`
const soon = { deadlineMs: 20_000 }
/** As an app has it: with the built pages beside it. */
const BUILT = new URL('../../dist/server/embed/index.js', import.meta.url).href
const { createHub } = (await import(BUILT)) as typeof import('../../server/embed/index.ts')

let dir = ''
let hub: EmbeddedHub
let other: EmbeddedHub
let server: Server
let url = ''
const before = new Map<string, number>()

/** A hub over the run's PostgreSQL, where there is one. */
async function startHub(name: string, options: HubOptions = {}): Promise<EmbeddedHub> {
  const postgresUrl = inject('postgresUrl')
  const databaseUrl = postgresUrl ? await createDatabase(postgresUrl) : undefined
  return createHub({ dataDir: join(dir, name), databaseUrl, broker: 'local', stunUrls: [], apiKey: KEY, ...options })
}

function countListeners(): Map<string, number> {
  return new Map(process.eventNames().map((name) => [String(name), process.listenerCount(name)]))
}

/** Everything that an app might do before and behind the hub. */
beforeAll(async () => {
  for (const [name, count] of countListeners()) before.set(name, count)
  dir = await mkdtemp(join(tmpdir(), 'yayin-embed-'))
  ;[hub, other] = await Promise.all([startHub('one'), startHub('two', { dashboard: true })])
  const app = express()
  app.use('/parsed', express.json(), hub.router)
  app.use('/realtime', hub.router)
  app.use('/other', other.router)
  app.get('/realtime/api/orders', (_req, res) => void res.json({ of: 'the app' }))
  app.use((_req, res) => void res.status(404).json({ of: 'the app' }))
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  hub.attach(server, '/realtime')
  other.attach(server, '/other/')
  url = `http://localhost:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await Promise.all([hub.close(), other.close()])
  server.closeAllConnections()
  server.close()
  await rm(dir, { recursive: true, force: true })
})

/** Follows a channel by the client library; resolves with what arrives, once it is live. */
async function follow(path: string, channel: string, token = KEY): Promise<Record<string, unknown>[]> {
  const client = createClient({ url: url + path, token })
  onTestFinished(() => client.close())
  const heard: Record<string, unknown>[] = []
  client.channel(channel).on('*', (message) => void heard.push(message))
  await until(() => client.state.status === 'live', soon)
  return heard
}

const at = (path: string, token: string | null = KEY) => {
  const { get, post, delete: remove } = api({ url, apiKey: KEY }, token)
  return {
    get: (rest: string) => get(path + rest),
    post: (rest: string, body: unknown) => post(path + rest, body),
    delete: (rest: string) => remove(path + rest),
  }
}

describe('a hub in an app', () => {
  it('delivers what is published by the app and over HTTP when it is mounted below a path', async () => {
    const heard = await follow('/realtime', 'orders/7')
    const { id } = await hub.publish('orders/7', { type: 'order_paid', total: 49 })
    expect((await at('/realtime').post('/api/broadcast', { channel: 'orders/7', n: 2 })).status).toBe(200)
    await until(() => heard.length === 2, soon)
    expect(heard).toMatchObject([{ id, type: 'order_paid', total: 49 }, { n: 2 }])
  })

  it('reads what a body parser before it has read already', async () => {
    const heard = await follow('/realtime', 'parsed')
    const { status, body } = await at('/parsed').post('/api/broadcast', { channel: 'parsed', text: 'ışık' })
    expect(status, JSON.stringify(body)).toBe(200)
    expect((await at('/parsed').post('/api/auth/tokens', { sub: 'ada' })).status).toBe(200)
    await until(() => heard.length === 1, soon)
    expect(heard).toMatchObject([{ text: 'ışık' }])
  })

  it('takes WebSockets below its path, and answers those that are for nobody', async () => {
    const { port } = server.address() as AddressInfo
    const socket = await openSocket({ port }, `/realtime/ws/sockets?token=${KEY}`)
    await socket.waitFor({ type: 'connected' }, 20_000)
    await hub.publish('sockets', { n: 1 })
    await socket.waitFor({ n: 1 }, 20_000)
    await expect(openSocket({ port }, '/elsewhere/ws')).rejects.toThrow('404')
  })

  it('leaves to the app what is not its own', async () => {
    expect(await at('/realtime').get('/api/orders')).toMatchObject({ status: 200, body: { of: 'the app' } })
    expect(await at('/realtime').get('/')).toMatchObject({ status: 404, body: { of: 'the app' } })
    expect(await at('/realtime').get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    const wrongMethod = await at('/realtime').delete('/api/broadcast')
    expect(wrongMethod).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(await at('/realtime', null).get('/api/stats')).toMatchObject({ status: 401 })
  })

  it('serves the dashboard below its path, with its files, papers, sessions and invitations', async () => {
    const html = async (path: string) => await (await fetch(url + path, { headers: { accept: 'text/html' } })).text()
    const page = await html('/other/logs?level=warn')
    expect(page).toContain('<html data-base="/other" ')
    const files = [...page.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, file]) => file!)
    expect(files.length).toBeGreaterThan(5)
    for (const file of [...files, '/other/docs/style.css', '/other/openapi.json']) {
      expect(file).toMatch(/^\/other\//)
      const { status, headers } = await fetch(url + file)
      expect([file, status, headers.get('content-type')?.includes('html')]).toEqual([file, 200, false])
    }
    expect(await html('/other/docs')).toContain('href="/other/docs/style.css"')

    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ code: other.createSignInCode() })
    const signedIn = await fetch(`${url}/other/api/auth/login`, { method: 'POST', headers, body })
    expect([signedIn.status, signedIn.headers.get('set-cookie')]).toEqual([
      200,
      expect.stringContaining('; Path=/other;'),
    ])
    const invited = await at('/other').post('/api/users/invitations', { email: 'eve@example.com', role: 'viewer' })
    expect((invited.body as { url: string }).url).toMatch(new RegExp(`^${url}/other/#invite=`))
  })

  it('writes no mount into a page that could be anything but a path of this site', async () => {
    const app = express().use(/^\/\/?[^/]+/, other.router)
    const site = createServer(app.use((_req, res) => void res.status(404).end())).listen(0, '127.0.0.1')
    onTestFinished(() => void site.close())
    await once(site, 'listening')
    const { port } = site.address() as AddressInfo
    const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    expect(await statusOf('/tenant-7/logs')).toBe(200)
    expect([await statusOf('//evil.example/logs'), await statusOf('/a&b=/logs')]).toEqual([404, 404])
  })

  it('makes tokens that hold for itself alone, among several in one process', async () => {
    const { token, expiresAt } = await hub.createToken({ sub: 'ada', subscribe: ['team/*'] })
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now())
    const heard = await follow('/realtime', 'team/a', token)
    const elsewhere = await follow('/other', 'team/a')
    await other.publish('team/a', { from_: 'other' })
    await hub.publish('team/a', { from_: 'hub' })
    await until(() => heard.length === 1 && elsewhere.length === 1, soon)
    expect([heard, elsewhere]).toMatchObject([[{ from_: 'hub' }], [{ from_: 'other' }]])
    expect((await at('/other', token).get('/api/auth/me')).status).toBe(401)
  })

  it('says what is wrong with a message or an option', async () => {
    await expect(hub.publish('a//b', {})).rejects.toMatchObject({ code: 'invalid_channel' })
    await expect(createHub({ turnUrls: 'pigeon:1', broker: 'redis' })).rejects.toThrow(
      /^turnUrls is "pigeon:1"; allowed/,
    )
    await expect(createHub({ databaseUri: 'x' } as HubOptions)).rejects.toThrow('databaseUri is no option of a hub')
    await expect(createHub({ dataDir: dir, databaseUrl: 'mysql://a' })).rejects.toThrow(/^databaseUrl is /)
  })

  it('lets clients come again, and nothing else of the process, when it is closed', async () => {
    const third = await startHub('three', { dashboard: true })
    const app = express().get('/own', (_req, res) => void res.json({ of: 'the app' }))
    const site = createServer(app.use(third.router)).listen(0, '127.0.0.1')
    onTestFinished(() => void site.close())
    await once(site, 'listening')
    const { port } = site.address() as AddressInfo
    third.attach(site)
    const socket = await openSocket({ port }, `/ws?token=${KEY}`)
    await socket.waitFor({ type: 'connected' }, 20_000)
    expect(third.createSignInCode()).toMatch(/\w{10}/)
    await third.close()
    await third.close()
    expect(await socket.closed).toMatchObject({ code: 1012 })
    expect(await fetch(`http://localhost:${port}/own`).then((res) => res.json())).toEqual({ of: 'the app' })
    expect((await fetch(`http://localhost:${port}/api/stats`)).status).toBe(503)
    const added = [...countListeners()].filter(([name, count]) => count > (before.get(name) ?? 0))
    expect(added.filter(([name]) => /^SIG|exit|uncaught|unhandled/i.test(name))).toEqual([])
  })
})
