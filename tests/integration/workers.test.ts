import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { NodeInfo } from '../../shared/nodes.ts'
import { api } from '../support/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { runServer } from '../support/run-server.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const DEADLINE = { deadlineMs: 20_000, everyMs: 50 }

describe.skipIf(postgresUrl === null)('a server with two workers', () => {
  let server: TestServer
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    server = await startServer({ databaseUrl, env: { WORKERS: '2', ADMIN_PASSWORD: '' } })
    await until(async () => (await list()).length === 2, DEADLINE)
  })
  afterAll(() => server.stop())

  async function list(): Promise<NodeInfo[]> {
    const { nodes } = (await api(server).get<{ nodes: NodeInfo[] }>('/api/nodes')).body
    return nodes.filter(({ state }) => state === 'ready')
  }

  async function openStreams(channel: string) {
    const streams = await Promise.all(Array.from({ length: 8 }, () => openEvents(server.url, { channels: [channel] })))
    for (const stream of streams) await stream.waitFor(({ body }) => body.type === 'connected', 15_000)
    return streams
  }

  const bothHaveConnections = () =>
    until(async () => {
      const found = await list()
      return found.length === 2 && found.every(({ connections }) => connections > 0) ? found : null
    }, DEADLINE)

  it('says once that it is ready, and serves at one address with both', async () => {
    expect(server.logs().match(/ is ready with 2 workers on http/g)).toHaveLength(1)
    const streams = await openStreams('public/workers')
    const nodes = await bothHaveConnections()
    expect(new Set(nodes.map(({ pid }) => pid)).size).toBe(2)
    const { body } = await api(server).post<{ id: string }>('/api/broadcast', { channel: 'public/workers' })
    for (const stream of streams) {
      await stream.waitFor((frame) => frame.body.id === body.id, 15_000)
      stream.close()
    }
  })

  it('lets somebody in by its sign-in link, once, whichever worker is asked', async () => {
    const code = /#code=(\S+)/.exec(server.logs())?.[1]
    const signIn = () => api(server, null).post('/api/auth/login', { code })
    // The connections that ask go to one worker and the other in turn.
    const answers = await Promise.all([signIn(), signIn(), signIn(), signIn()])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401])
  })

  it('starts a worker again when it was killed, and goes on meanwhile', async () => {
    const before = await list()
    const killed = before[0]!
    process.kill(killed.pid, 'SIGKILL')
    await until(async () => {
      expect((await api(server).post('/api/broadcast', { channel: 'public/workers' })).status).toBe(200)
      const found = await list()
      return found.length === 2 && found.every(({ pid }) => pid !== killed.pid)
    }, DEADLINE)
    const streams = await openStreams('public/workers')
    await bothHaveConnections()
    for (const stream of streams) stream.close()
    expect(server.logs()).toContain('A worker ended; it is started again')
  })

  it('ends with 0 when it is told to, and takes its workers with it', async () => {
    const pids = (await list()).map(({ pid }) => pid)
    const [stream] = await openStreams('public/workers')
    server.kill('SIGTERM')
    await stream!.waitFor(({ body }) => body.type === 'disconnect' && body.reason === 'shutdown', 15_000)
    expect(await server.exited(), server.logs().slice(-3000)).toBe(0)
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  it('ends with what kept its workers from starting', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const databaseUrl = await createDatabase(postgresUrl!)
    const env = { WORKERS: '2', PORT: String(port), DATABASE_URL: databaseUrl, DATA_DIR: server.dataDir }
    const taken = runServer(env)
    expect(await taken.exited).toBe(1)
    expect(taken.stderr()).toContain('another program listens')
    expect(taken.stdout()).not.toContain('ready')
    other.close()
  })
})

it('says what several workers need when it is missing', async () => {
  const server = runServer({ WORKERS: '2' })
  expect(await server.exited).toBe(2)
  expect(server.stderr()).toBe(
    'WORKERS is "2": several processes need a PostgreSQL that they share, and DATABASE_URL is not set\n',
  )
})
