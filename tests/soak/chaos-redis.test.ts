import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import pg from 'pg'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { api } from '../support/api.ts'
import { type Nodes, startNodes } from '../support/nodes.ts'
import { answeredId } from '../support/oracle-record.ts'
import { type Oracle, startOracle } from '../support/oracle.ts'
import { createDatabase, startPostgres } from '../support/postgres.ts'
import { redisPath, type RedisServer, startRedis } from '../support/redis-server.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { offsetOf } from '../support/use-server.ts'

const RECOVERY_MS = 30_000
const MASTER = 'main'

const statusOf = async (url: string, path: string) => {
  const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(5000) })
  return { status: response.status, text: await response.text() }
}
const isReady = async (url: string) => (await statusOf(url, '/readyz')).status === 200
const allReady = async ({ urls }: Nodes) => (await Promise.all(urls.map(isReady))).every(Boolean)

describe.skipIf(inject('postgresUrl') === null || redisPath === null)('nodes over Redis, under load', () => {
  async function run(config: readonly string[] = []): Promise<RedisServer> {
    const server = await startRedis({ config })
    onTestFinished(() => server.stop())
    return server
  }

  async function startOver(redisUrl: string, databaseUrl?: string): Promise<Nodes> {
    const env = { BROKER: 'redis', REDIS_URL: redisUrl }
    const cluster = await startNodes(2, {
      databaseUrl: databaseUrl ?? (await createDatabase(inject('postgresUrl')!)),
      env,
    })
    onTestFinished(() => cluster.stop())
    await until(() => allReady(cluster), { deadlineMs: RECOVERY_MS })
    return cluster
  }

  async function watch({ urls, apiKey }: Nodes): Promise<Oracle> {
    const oracle = await startOracle({ urls, apiKey, publishers: 8, subscribers: 8 })
    onTestFinished(() => oracle.close())
    await oracle.morePublished(100)
    return oracle
  }

  /** Starts a primary, its replica, and a sentinel that watches them. */
  async function runSentinel(): Promise<[primary: RedisServer, replica: RedisServer, url: string]> {
    const first = await run()
    const second = await run([`replicaof 127.0.0.1 ${first.port}`])
    const sentinel = await startRedis({
      isSentinel: true,
      config: [
        `sentinel monitor ${MASTER} 127.0.0.1 ${first.port} 1`,
        `sentinel down-after-milliseconds ${MASTER} 1000`,
        `sentinel failover-timeout ${MASTER} 3000`,
      ],
    })
    onTestFinished(() => sentinel.stop())
    await hasReplica(first)
    return [first, second, `redis+sentinel://127.0.0.1:${sentinel.port}/${MASTER}`]
  }

  /** Holds what was seen against the promises, and the archive against what was answered. */
  async function judge(oracle: Oracle, { databaseUrl }: Nodes, name: string): Promise<void> {
    const { faults, times } = await oracle.finish(RECOVERY_MS)
    process.stdout.write(`${name}: ${JSON.stringify(times)}\n`)
    expect(faults).toEqual([])
    const answered = [...new Set(oracle.attempts.flatMap((attempt) => answeredId(attempt) ?? []))].map(offsetOf)
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    onTestFinished(() => client.end())
    const archived = async () => {
      const { rows } = await client.query<{ at: string }>(`select log_offset as at from messages where type = 'oracle'`)
      return new Set(rows.map(({ at }) => Number(at)))
    }
    const missing = async () => {
      const there = await archived()
      return answered.filter((offset) => !there.has(offset)).length
    }
    await until(async () => (await missing()) === 0, { deadlineMs: RECOVERY_MS, everyMs: 100, what: 'all is archived' })
    const seen = new Set(oracle.subscribers[0]!.arrivals.map(({ id }) => offsetOf(id)))
    expect([...(await archived())].filter((offset) => !seen.has(offset))).toEqual([])
  }

  it('keep every promise when Redis is killed and back, again and again', async () => {
    const redis = await run()
    const cluster = await startOver(`redis://127.0.0.1:${redis.port}`)
    const oracle = await watch(cluster)
    for (let round = 0; round < 4; round++) {
      await redis.end('SIGKILL')
      for (const url of cluster.urls) {
        const told = async () => {
          const { status, text } = await statusOf(url, '/readyz')
          return status === 503 && text.includes('"broker"')
        }
        await until(told, { deadlineMs: 10_000, what: '/readyz names the broker' })
        expect((await statusOf(url, '/healthz')).status).toBe(200)
      }
      await delay(round * 1000)
      await redis.restart()
      await oracle.morePublished(200, RECOVERY_MS)
    }
    await judge(oracle, cluster, 'Redis killed')
  })

  it('keep every promise when Redis hangs for 8 s and goes on', async () => {
    const redis = await run()
    const cluster = await startOver(`redis://127.0.0.1:${redis.port}`)
    const oracle = await watch(cluster)
    redis.freeze()
    await delay(8000)
    redis.thaw()
    await oracle.morePublished(300, RECOVERY_MS)
    await judge(oracle, cluster, 'Redis frozen')
  })

  it('keep every promise when nodes are killed, and their clients go to the other', async () => {
    const redis = await run()
    const cluster = await startOver(`redis://127.0.0.1:${redis.port}`)
    const oracle = await watch(cluster)
    for (let round = 0; round < 4; round++) {
      const node = cluster.nodes[round % 2]!
      node.kill('SIGKILL')
      await node.exited()
      await oracle.morePublished(200, RECOVERY_MS)
      await node.restart()
      await until(() => isReady(node.url), { deadlineMs: RECOVERY_MS })
      await oracle.morePublished(100, RECOVERY_MS)
    }
    await judge(oracle, cluster, 'nodes killed')
  })

  it('keep every promise when the primary is lost to its replica, and then to the next', async () => {
    const [first, second, url] = await runSentinel()
    const cluster = await startOver(url)
    const oracle = await watch(cluster)
    await first.end('SIGKILL')
    await oracle.morePublished(300, RECOVERY_MS)
    await first.restart()
    await hasReplica(second)
    await oracle.morePublished(200, RECOVERY_MS)
    await second.end('SIGKILL')
    await oracle.morePublished(300, RECOVERY_MS)
    await judge(oracle, cluster, 'primary lost')
  })

  it('keep every promise when the primary hangs, is replaced, and comes back as a replica', async () => {
    const [first, second, url] = await runSentinel()
    const cluster = await startOver(url)
    const oracle = await watch(cluster)
    first.freeze()
    await oracle.morePublished(300, RECOVERY_MS)
    first.thaw()
    await hasReplica(second)
    await oracle.morePublished(300, RECOVERY_MS)
    await judge(oracle, cluster, 'primary hangs')
  })

  it('wait for Redis when it is away at the start, and stop when they are told to meanwhile', async () => {
    const redis = await run()
    await redis.end('SIGKILL')
    const env = { BROKER: 'redis', REDIS_URL: `redis://127.0.0.1:${redis.port}` }
    const databaseUrl = await createDatabase(inject('postgresUrl')!)
    const options = { databaseUrl, env, isAway: true }
    const [waiting, stopping] = await Promise.all([startServer(options), startServer(options)])
    onTestFinished(async () => void (await waiting.stop()))
    const { status, text } = await statusOf(waiting.url, '/readyz')
    expect([status, text.includes('"broker"')]).toEqual([503, true])
    expect((await api(waiting).post('/api/broadcast', {})).status).toBe(503)
    expect(await stopping.stop()).toBe(0)
    await redis.restart()
    await until(() => isReady(waiting.url), { deadlineMs: RECOVERY_MS })
    expect((await api(waiting).post('/api/broadcast', {})).status).toBe(200)
  })

  it('take publishes while PostgreSQL is away, and archive them afterwards', async () => {
    const postgres = (await startPostgres())!
    onTestFinished(() => postgres.stop())
    const redis = await run()
    const cluster = await startOver(`redis://127.0.0.1:${redis.port}`, await postgres.createDatabase())
    const oracle = await watch(cluster)
    await postgres.end('SIGKILL')
    await oracle.morePublished(500)
    await postgres.restart()
    await oracle.morePublished(300, RECOVERY_MS)
    await judge(oracle, cluster, 'PostgreSQL away')
  })
})

/** Waits until a replica follows a primary. */
async function hasReplica({ port }: RedisServer): Promise<void> {
  const client = new Redis({ port, host: '127.0.0.1' }).on('error', () => undefined)
  onTestFinished(() => client.disconnect())
  const online = async () => (await client.info('replication')).includes('state=online')
  await until(online, { deadlineMs: RECOVERY_MS, everyMs: 100, what: 'a replica follows' })
}
