import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { RESERVED_TYPES } from '../../shared/protocol.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer } from '../support/server.ts'
import { useServer } from '../support/use-server.ts'

const DEADLINE_MS = 20_000
const postgresUrl = inject('postgresUrl')

describe.skipIf(!postgresUrl).each(['postgres', 'local'])('yayin_publish() over BROKER=%s', (broker) => {
  let databaseUrl: string
  const clients: pg.Client[] = []
  const use = useServer(async () => {
    databaseUrl = await createDatabase(postgresUrl!)
    return startServer({ databaseUrl, env: { BROKER: broker } })
  })
  let app: pg.Client

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: databaseUrl })
    clients.push(client)
    await client.connect()
    return client
  }
  beforeAll(async () => {
    app = await connect()
    await app.query('create table orders (id int)')
  })
  afterAll(() => Promise.all(clients.map((client) => client.end())))

  const publish = (client: pg.Client, channel: string | null, message: unknown) =>
    client.query('select yayin_publish($1, $2)', [channel, message === null ? null : JSON.stringify(message)])
  const follow = (channel: string) => use.follow([channel], { token: use.server.apiKey })

  it('delivers what a transaction publishes when it commits, and nothing of one that is rolled back', async () => {
    const stream = await follow('orders/*')
    await app.query('begin')
    await app.query('insert into orders values (1)')
    await publish(app, 'orders/1', { n: 'lost' })
    await app.query('rollback')
    await app.query('begin')
    await publish(app, 'orders/2', {
      type: 'paid',
      n: 1,
      id: 'x.9',
      from: 'eve',
      timestamp: 'then',
      channel: 'admin/x',
    })
    await app.query('savepoint s')
    await publish(app, 'orders/2', { n: 'lost too' })
    await app.query('rollback to savepoint s')
    await publish(app, 'orders/2', { n: 2, text: 'Ünlü "söz"\n' })
    await app.query('commit')
    await stream.waitFor(({ body }) => body.n === 2, DEADLINE_MS)
    await publish(app, 'orders/3', {})
    await stream.waitFor(({ body }) => body.channel === 'orders/3', DEADLINE_MS)
    const messages = stream.frames.map(({ body }) => body).filter(({ type }) => type !== 'connected')
    expect(messages).toMatchObject([
      { channel: 'orders/2', type: 'paid', n: 1 },
      { channel: 'orders/2', type: 'message', n: 2, text: 'Ünlü "söz"\n' },
      { channel: 'orders/3', type: 'message' },
    ])
    expect(messages[0]).not.toHaveProperty('from')
    expect(messages[0]?.id).toMatch(/^[a-z0-9]+\.\d+$/)
    expect(Date.parse(String(messages[0]?.timestamp))).toBeGreaterThan(Date.now() - 60_000)
  })

  it('orders messages by commit, among all others, and holds nobody up before', async () => {
    const stream = await follow('race/**')
    const slow = await connect()
    await slow.query('begin')
    await publish(slow, 'race/slow', { n: 1 })
    await use.publish('race/http', { n: 2 })
    await publish(app, 'race/quick', { n: 3 })
    await use.publish('race/http', { n: 4 })
    await slow.query('commit')
    await use.publish('race/http', { n: 5 })
    await stream.waitFor(({ body }) => body.n === 5, DEADLINE_MS)
    expect(stream.frames.flatMap(({ body }) => (typeof body.n === 'number' ? [body.n] : []))).toEqual([2, 3, 4, 1, 5])
  })

  it('delivers from a transaction of stricter isolation while others publish', async () => {
    const stream = await follow('strict/*')
    const strict = await connect()
    await strict.query('begin isolation level serializable')
    await strict.query('select count(*) from orders')
    await use.publish('strict/http', { n: 1 })
    await publish(strict, 'strict/sql', { n: 2 })
    await strict.query('commit')
    await stream.waitFor(({ body }) => body.n === 2, DEADLINE_MS)
    await expect.poll(async () => (await app.query('select * from sql_outbox')).rowCount, { timeout: 15_000 }).toBe(0)
  })

  it('refuses what can be no message, with the reason', async () => {
    const refuses = async (channel: string | null, message: unknown, reason: string) =>
      expect(publish(app, channel, message), `${channel} ${JSON.stringify(message)}`).rejects.toThrow(reason)
    for (const channel of [null, '', '/a', 'a/', 'a//b', 'a b', 'ö', 'a*', 'x'.repeat(201)])
      await refuses(channel, {}, 'invalid_channel')
    for (const channel of ['admin/logs', 'participant/p', 'room/r']) await refuses(channel, {}, 'forbidden_channel')
    for (const channel of ['admin', 'participant', 'room']) await publish(app, channel, {})
    for (const message of [null, 7, 'text', [1], { type: 7 }]) await refuses('a', message, 'invalid')
    for (const type of RESERVED_TYPES) await refuses('a', { type }, 'reserved_type')
    await refuses('a', { text: 'x'.repeat(65_536) }, 'too_large')
    await use.set('message_max_bytes', 100)
    await refuses('a', { text: 'x'.repeat(100) }, 'too_large')
    // Roles belong to the whole server, which other tests use too.
    const stranger = `stranger_${broker}_${process.pid}`
    await app.query(`create role ${stranger}`)
    await app.query(`set role ${stranger}`)
    await expect(publish(app, 'a', {})).rejects.toThrow('permission denied')
    await app.query('reset role')
    await app.query(`grant execute on function yayin_publish to ${stranger}`)
    await app.query(`set role ${stranger}`)
    await publish(app, 'a', { by: 'stranger' })
    await app.query('reset role')
    await app.query(`drop owned by ${stranger}; drop role ${stranger}`)
    const { body } = await use.as().get('/api/channels/a/messages')
    expect(body.items).toMatchObject([{ by: 'stranger' }])
  })
})
