import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { api } from '../support/api.ts'
import { type Nodes, startNodes } from '../support/nodes.ts'
import { startOracle } from '../support/oracle.ts'
import { type Pgbouncer, pgbouncerPath, startPgbouncer } from '../support/pgbouncer.ts'
import { createDatabase } from '../support/postgres.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')

describe.skipIf(postgresUrl === null || pgbouncerPath === null)(
  'two nodes behind PgBouncer in transaction mode',
  () => {
    let pgbouncer: Pgbouncer
    let cluster: Nodes
    beforeAll(async () => {
      const databaseUrl = await createDatabase(postgresUrl!)
      pgbouncer = await startPgbouncer(databaseUrl)
      // Both find an empty database: the migrations go through the pooler too.
      cluster = await startNodes(2, { databaseUrl: pgbouncer.url, env: { DATABASE_LISTEN_URL: databaseUrl } })
    })
    afterAll(async () => {
      await cluster?.stop()
      await pgbouncer?.stop()
    })

    it('keep every promise under load', async () => {
      const oracle = await startOracle({ urls: cluster.urls, apiKey: cluster.apiKey, pauseMs: 0 })
      onTestFinished(() => oracle.close())
      await oracle.morePublished(300)
      const { faults, times } = await oracle.finish()
      expect(faults).toEqual([])
      // Names of prepared statements stay behind in other sessions, and nobody may notice.
      expect(times.refused).toBe(0)
    })

    it('hear each other at once when the database is given for listening past it', async () => {
      const [a, b] = cluster.nodes
      const stream = await openEvents(b!.url, { channels: ['public/near'] })
      onTestFinished(() => stream.close())
      await stream.waitFor(({ body }) => body.type === 'connected')
      // Ephemeral messages go by notification alone, and to nodes that are known to listen.
      const heard = async () => {
        await api(a!).post('/api/broadcast?ephemeral=1', { channel: 'public/near', type: 'typing' })
        return stream.frames.some(({ body }) => body.type === 'typing')
      }
      await until(heard, { deadlineMs: 15_000, everyMs: 50, what: 'an ephemeral message crosses' })
    })

    it('change settings and keys, and answer searches, as ever', async () => {
      const { get, post } = api(cluster.nodes[0]!)
      expect((await post('/api/settings', { key: 'history_ttl', value: 12 })).status).toBe(200)
      expect((await post('/api/keys', { name: 'k', scopes: ['publish'] })).status).toBe(201)
      expect((await get('/api/messages?limit=5')).status).toBe(200)
      const historyTtl = async () => {
        const { body } = await api(cluster.nodes[1]!).get<{ settings: { key: string; value: unknown }[] }>(
          '/api/settings',
        )
        return body.settings.find(({ key }) => key === 'history_ttl')?.value
      }
      await until(async () => (await historyTtl()) === 12, {
        deadlineMs: 15_000,
        what: 'the other node has the setting',
      })
    })
  },
)
