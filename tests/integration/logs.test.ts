import { describe, expect, it } from 'vitest'
import type { LogRecord } from '../../shared/api.ts'
import { until } from '../support/until.ts'
import { startLightServer } from '../support/light-server.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer(() => startLightServer({ hasPassword: true }))

interface Page {
  logs: LogRecord[]
  nextCursor: string | null
}

async function read(filters: Record<string, string> = {}): Promise<Page> {
  const { status, body } = await use.as().get<Page>(`/api/logs?${new URLSearchParams(filters)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

/** The newest entry of a type. */
async function newest(type: string): Promise<LogRecord> {
  const { logs } = await read({ type, limit: '1' })
  return logs[0]!
}

describe('the event log', () => {
  it('notes who connects, and why each connection ended', async () => {
    const token = await use.tokenFor({ sub: 'ada' })
    const [leaving, kicked] = [await use.follow(['public/a'], { token }), await use.follow(['public/b'])]
    const byId = async (type: string, id: string) =>
      (await read({ type })).logs.find(({ data }) => data?.connectionId === id)
    expect(await byId('connect', leaving.connectionId)).toEqual({
      id: expect.any(String),
      timestamp: expect.any(String),
      level: 'info',
      type: 'connect',
      message: 'Connection opened',
      data: {
        connectionId: leaving.connectionId,
        transport: 'sse',
        ip: '127.0.0.1',
        userAgent: '',
        channels: ['public/a'],
      },
      actor: 'user:ada',
      node: expect.any(String),
    })
    expect(await byId('connect', kicked.connectionId)).toMatchObject({ actor: 'anonymous' })
    leaving.close()
    await use.as().delete(`/api/connections/${kicked.connectionId}`)
    const gone = await until(() => byId('disconnect', leaving.connectionId), { what: 'it is noted' })
    expect(gone).toMatchObject({ actor: 'user:ada', data: { reason: 'closed', transport: 'sse' } })
    expect(await byId('disconnect', kicked.connectionId)).toMatchObject({ data: { reason: 'kicked' } })
    expect(await newest('kick')).toMatchObject({ actor: 'key:bootstrap', data: { connectionId: kicked.connectionId } })
  })

  it('notes broadcasts without what they say', async () => {
    const { id } = await use.publish('public/said', { secret: 'the words themselves' })
    expect(await newest('broadcast')).toMatchObject({
      level: 'info',
      actor: 'key:bootstrap',
      data: { channel: 'public/said', id, count: 1, recipients: 0, ephemeral: false },
    })
    expect(JSON.stringify(await read())).not.toContain('the words themselves')
  })

  it('notes who was refused what', async () => {
    const token = await use.tokenFor({ sub: 'eve', publish: ['public/*'] })
    await use.as(token).post('/api/broadcast', { channel: 'secret/plan' })
    const refusal = { status: 403, code: 'forbidden_channel', method: 'POST', path: '/api/broadcast', ip: '127.0.0.1' }
    expect(await newest('refused')).toMatchObject({ level: 'warn', actor: 'user:eve', data: refusal })
    await use.open({ channels: ['secret'] })
    const nobody = { status: 401, code: 'unauthorized', path: '/api/events' }
    expect(await newest('refused')).toMatchObject({ actor: 'anonymous', data: nobody })
  })

  it('notes changes of settings with the old value and the new one', async () => {
    await use.set('replay_max_messages', 7)
    expect(await newest('setting')).toMatchObject({
      actor: 'key:bootstrap',
      data: { key: 'replay_max_messages', old: 10_000, new: 7 },
    })
  })

  it('notes who signs in, and who fails to', async () => {
    const { adminEmail: email, adminPassword: password } = use.server
    await use.as(null).post('/api/auth/login', { email, password: 'not that' })
    await use.as(null).post('/api/auth/login', { email, password })
    const { logs } = await read({ q: 'sign' })
    expect(logs.map(({ type }) => type)).toContain('sign_in')
    expect(logs.find(({ type }) => type === 'sign_in')?.actor).toMatch(/^admin:/)
    const failed = await newest('sign_in_failed')
    expect(failed).toMatchObject({ level: 'warn', actor: 'anonymous' })
    expect(JSON.stringify(failed)).not.toContain('not that')
  })

  it('holds no token, key, password or query', async () => {
    const token = await use.tokenFor({ sub: 'ada' })
    await use.follow(['broadcast'], { query: { token } })
    await use.open({ channels: ['broadcast'], query: { token: `${token}x` } })
    await use.as(`yk_${'w'.repeat(32)}`).get('/api/stats?password=hidden')
    const text = JSON.stringify(await read({ limit: '500' })) + use.server.logs()
    for (const secret of [token, use.server.apiKey, use.server.adminPassword, 'w'.repeat(32), 'hidden']) {
      expect(text).not.toContain(secret)
    }
  })

  it('is narrowed by level, type, text and time, and comes page by page', async () => {
    await use.publish('public/needleX1')
    await use.publish('public/needle.2')
    const { logs: found } = await read({ q: 'NEEDLE_1' })
    expect(found.map(({ data }) => data?.channel)).toEqual([])
    const { logs } = await read({ q: 'public/Needle.2' })
    expect(logs.map(({ type, data }) => [type, data?.channel])).toEqual([['broadcast', 'public/needle.2']])
    const { timestamp } = logs[0]!
    expect((await read({ since: timestamp, until: timestamp, q: 'needle' })).logs).toEqual(logs)
    expect((await read({ until: '2020-01-01T00:00:00Z' })).logs).toEqual([])
    expect((await read({ level: 'warn' })).logs.every(({ level }) => level === 'warn')).toBe(true)
    expect((await read({ level: 'debug' })).logs).toEqual([])

    const { logs: all } = await read({ limit: '500', until: timestamp })
    const seen: LogRecord[] = []
    let cursor: string | null = null
    do {
      const page: Page = await read({ limit: '5', until: timestamp, ...(cursor !== null && { cursor }) })
      seen.push(...page.logs)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(all)
    const times = all.map((entry) => Date.parse(entry.timestamp))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    for (const query of ['level=loud', 'since=yesterday', 'q=a&q=b', 'limit=0']) {
      expect((await use.as().get(`/api/logs?${query}`)).body, query).toMatchObject({ status: 400, code: 'invalid' })
    }
  })

  it('is counted, and downloaded whole in either form, as it is narrowed', async () => {
    const messages = Array.from({ length: 30 }, (_, i) => ({ channel: `public/export_${i}` }))
    for (const message of messages) await use.as().post('/api/broadcast', message)
    const query = 'type=broadcast&q=export_'
    const { body } = await use.as().get<{ count: number; types: string[] }>(`/api/logs/count?${query}`)
    expect(body.count).toBe(30)
    expect(body.types).toEqual(body.types.toSorted())
    expect(body.types).toContain('broadcast')
    const { logs } = await read({ type: 'broadcast', q: 'export_', limit: '500' })

    const ndjson = await use.as().get<string>(`/api/logs/export?${query}`)
    expect(ndjson.headers.get('content-type')).toMatch(/^application\/x-ndjson/)
    expect(ndjson.headers.get('content-disposition')).toMatch(/filename="logs-\d{4}-\d\d-\d\dT[\d-]+\.ndjson"/)
    const lines = ndjson.body.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(logs)
    const csv = await use.as().get<string>(`/api/logs/export?format=csv&${query}`)
    expect(csv.body.split('\r\n')[0]).toBe('id,timestamp,level,type,message,actor,node,data')
    expect(csv.body.trimEnd().split('\n')).toHaveLength(31)
    expect(csv.body).toContain(`${logs[0]!.id},${logs[0]!.timestamp},info,broadcast,`)
    expect((await use.as().get('/api/logs/export?format=xlsx')).status).toBe(400)
  })

  it('takes several levels and types at once', async () => {
    await use.as('yk_wrong').get('/api/stats')
    const { body } = await use.as().get<Page>('/api/logs?level=warn&level=info&type=refused&type=broadcast&limit=500')
    expect(new Set(body.logs.map(({ type }) => type))).toEqual(new Set(['refused', 'broadcast']))
  })

  it('comes live on admin/logs', async () => {
    const stream = await use.follow(['admin/logs'], { token: use.server.apiKey })
    const { id } = await use.publish('public/live')
    const { body } = await stream.waitFor((frame) => JSON.stringify(frame.body).includes(id))
    expect(body).toMatchObject({ type: 'log', channel: 'admin/logs', log: { type: 'broadcast', data: { id } } })
    expect(body).not.toHaveProperty('id')
    expect((await newest('broadcast')).id).toBe((body.log as LogRecord).id)
  })

  it('is still there when the server was stopped and started again', async () => {
    const { id } = await use.publish('public/stays')
    await use.server.restart()
    expect((await read({ q: id })).logs).toHaveLength(1)
    expect((await read({ type: 'stop' })).logs).toHaveLength(1)
    expect((await read({ type: 'start' })).logs).toHaveLength(2)
  })

  it('is cleared up to a time, or whole, which is itself noted', async () => {
    await use.publish('public/older')
    const { timestamp } = await newest('broadcast')
    await use.publish('public/newer')
    const older = (await read({ until: timestamp, limit: '500' })).logs.filter((log) => log.timestamp < timestamp)
    const { status, body } = await use.as().delete(`/api/logs?before=${timestamp}`)
    expect({ status, body }).toEqual({ status: 200, body: { deleted: older.length } })
    expect((await read({ limit: '500' })).logs.every((log) => log.timestamp >= timestamp)).toBe(true)
    expect(await newest('logs_cleared')).toMatchObject({
      actor: 'key:bootstrap',
      data: { count: older.length, before: timestamp },
    })
    const { logs } = await read({ limit: '500' })
    expect((await use.as().delete('/api/logs')).body).toEqual({ deleted: logs.length })
    const left = await read()
    expect(left.logs.map(({ type }) => type)).toEqual(['logs_cleared'])
    expect(left.logs[0]).toMatchObject({ data: { count: logs.length, before: null } })
    expect((await use.as().delete('/api/logs?before=then')).status).toBe(400)
  })

  it('is for admins alone', async () => {
    const eve = use.as(await use.tokenFor({ sub: 'eve', subscribe: ['**'] }))
    expect([(await use.as(null).get('/api/logs')).status, (await use.as(null).delete('/api/logs')).status]).toEqual([
      401, 401,
    ])
    for (const path of ['/api/logs/count', '/api/logs/export']) {
      expect([(await use.as(null).get(path)).status, (await eve.get(path)).status], path).toEqual([401, 403])
    }
    expect([(await eve.get('/api/logs')).status, (await eve.delete('/api/logs')).status]).toEqual([403, 403])
    expect((await use.open({ channels: ['admin/logs'] })).status).toBe(401)
  })
})
