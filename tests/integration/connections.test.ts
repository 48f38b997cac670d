import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ConnectionInfo } from '../../shared/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

interface Page {
  connections: ConnectionInfo[]
  total: number
  nextCursor: string | null
}

describe('the list of connections', () => {
  const use = useServer()

  async function list(query = ''): Promise<Page> {
    const { status, body } = await use.as().get<Page>(`/api/connections${query}`)
    expect(status, query).toBe(200)
    return body
  }
  const idsIn = ({ connections }: Page) => connections.map(({ id }) => id)

  it('shows who is connected, what they follow and what they got', async () => {
    const headers = { 'User-Agent': 'probe/1.0' }
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'] })
    const stream = await use.follow(['orders/*', 'broadcast'], { token, headers })
    const { id } = await use.publish('orders/7')
    await stream.waitFor(({ body }) => body.id === id)
    const { body, status } = await use.as().get<ConnectionInfo>(`/api/connections/${stream.connectionId}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: stream.connectionId,
      transport: 'sse',
      userId: 'ada',
      name: null,
      ip: '127.0.0.1',
      userAgent: 'probe/1.0',
      channels: ['orders/*', 'broadcast'],
      connectedAt: expect.any(String),
      lastPosition: id,
      messagesSent: 1,
      bytesSent: expect.any(Number),
      bufferedBytes: 0,
      node: expect.any(String),
    })
    expect(body.bytesSent).toBeGreaterThan(stream.frames.reduce((sum, { data }) => sum + data.length, 0))
    expect(Math.abs(Date.parse(body.connectedAt) - Date.now())).toBeLessThan(30_000)
    expect((await list()).connections).toEqual([body])
  })

  it('is narrowed by transport, channel, user and text', async () => {
    const [ada, bob] = [
      await use.follow(['public/x/*'], { token: await use.tokenFor({ sub: 'ada' }) }),
      await use.follow(['public/y'], { token: await use.tokenFor({ sub: 'bob' }), headers: { 'User-Agent': 'Curl' } }),
    ]
    await until(async () => (await list()).total === 2, { what: 'only these two are left' })
    expect(idsIn(await list('?transport=sse'))).toEqual([ada.connectionId, bob.connectionId])
    expect(await list('?transport=ws')).toEqual({ connections: [], total: 0, nextCursor: null })
    expect(idsIn(await list('?channel=public/x/1'))).toEqual([ada.connectionId])
    expect(idsIn(await list('?channel=user/bob'))).toEqual([bob.connectionId])
    expect(idsIn(await list('?user=bob'))).toEqual([bob.connectionId])
    expect(idsIn(await list('?q=cURL'))).toEqual([bob.connectionId])
    expect(idsIn(await list('?user=bob&channel=public/x/1'))).toEqual([])
  })

  it('comes page by page, each connection once, while others come and go', async () => {
    for (let i = 0; i < 7; i++) await use.follow(['public/page'])
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Page = await list(`?channel=public/page&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`)
      expect(page.total).toBeGreaterThanOrEqual(7)
      seen.push(...idsIn(page))
      cursor = page.nextCursor
      if (seen.length === 3) await use.follow(['public/page'])
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(8)
  })

  it('refuses a limit out of bounds, and shows no connection that there is not', async () => {
    for (const limit of ['0', '501', '-1', '1.5', 'x', '']) {
      expect((await use.as().get(`/api/connections?limit=${limit}`)).body, limit).toMatchObject({ code: 'invalid' })
    }
    expect((await use.as().get('/api/connections?limit=500')).status).toBe(200)
    expect((await use.as().get('/api/connections/nobody')).body).toMatchObject({ status: 404, code: 'not_found' })
  })
})

interface Row {
  id: string
  channels: string[]
}

const postgresUrl = inject('postgresUrl')

describe.skipIf(postgresUrl === null)('the table of connections', () => {
  let databaseUrl = ''
  let pool: pg.Pool
  beforeAll(async () => {
    databaseUrl = await createDatabase(postgresUrl!)
    pool = new pg.Pool({ connectionString: databaseUrl })
  })
  afterAll(() => pool.end())
  const use = useServer(() => startServer({ databaseUrl, env: { BROKER: 'local' } }))

  const rows = async () => (await pool.query('select * from connections order by connected_at')).rows as Row[]

  it('follows what is open', async () => {
    const stream = await use.follow(['public/a'], { token: await use.tokenFor({ sub: 'ada' }) })
    const other = await use.follow(['broadcast'])
    await until(async () => (await rows()).length === 2, { what: 'both are there' })
    const expected = { id: stream.connectionId, transport: 'sse', user_id: 'ada', channels: ['public/a'] }
    expect(await rows()).toMatchObject([expected, { id: other.connectionId, user_id: null }])
    await use.as().patch(`/api/connections/${stream.connectionId}`, { subscribe: ['public/b'] })
    const changed = { id: stream.connectionId, channels: ['public/a', 'public/b'] }
    const widest = async () => Math.max(...(await rows()).map(({ channels }) => channels.length))
    await until(async () => (await widest()) === 2, { what: 'it is changed' })
    expect(await rows()).toMatchObject([changed, {}])
    other.close()
    await until(async () => (await rows()).length === 1, { what: 'the closed one is gone' })
  })

  it('is empty again when a server that was killed starts anew, and when it has stopped', async () => {
    await use.follow(['broadcast'])
    await until(async () => (await rows()).length === 1, { what: 'it is there' })
    await use.server.restart({ signal: 'SIGKILL' })
    expect(await rows()).toEqual([])
    await use.follow(['broadcast'])
    await until(async () => (await rows()).length === 1, { what: 'it is there' })
    use.server.kill('SIGTERM')
    expect(await use.server.exited()).toBe(0)
    expect(await rows()).toEqual([])
    await use.server.restart()
  })
})
