import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findPostgres } from '../../scripts/test-parts.mjs'
import { type Nodes, startNodes } from '../support/nodes.ts'
import { type Oracle, startOracle } from '../support/oracle.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const JUMPING_CLOCK = fileURLToPath(new URL('../support/jumping-clock.mjs', import.meta.url))
const RECOVERY_MS = 30_000

const statusOf = async (url: string, path: string) => {
  const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(5000) })
  return { status: response.status, text: await response.text() }
}
const isReady = async (url: string) => (await statusOf(url, '/readyz')).status === 200
const allReady = async ({ urls }: Nodes) => (await Promise.all(urls.map(isReady))).every(Boolean)

describe.skipIf(findPostgres() === null)('nodes over one PostgreSQL, under load', () => {
  let postgres: Postgres
  beforeAll(async () => {
    postgres = (await startPostgres())!
  })
  afterAll(() => postgres.stop())

  async function start(count: number, env: Record<string, string> = {}): Promise<Nodes> {
    const cluster = await startNodes(count, { databaseUrl: await postgres.createDatabase(), env })
    onTestFinished(() => cluster.stop())
    return cluster
  }

  async function watch({ urls, apiKey }: Nodes, publishers = 8): Promise<Oracle> {
    const oracle = await startOracle({ urls, apiKey, publishers, subscribers: 9 })
    onTestFinished(() => oracle.close())
    await oracle.morePublished(100)
    return oracle
  }

  /** Holds what was seen against the promises, and says how long things took. */
  async function judge(oracle: Oracle, name: string): Promise<void> {
    const { faults, times } = await oracle.finish(RECOVERY_MS)
    process.stdout.write(`${name}: ${JSON.stringify(times)}\n`)
    expect(faults).toEqual([])
  }

  /** A connection to the nodes' database, beside theirs. */
  async function beside(cluster: Nodes): Promise<pg.Client> {
    const { databaseUrl } = cluster
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    onTestFinished(() => client.end())
    return client
  }

  it.each([2, 3])('keep every promise when one of %i is killed again and again', async (count) => {
    const cluster = await start(count)
    const oracle = await watch(cluster)
    for (let round = 0; round < 2 * count; round++) {
      const node = cluster.nodes[round % count]!
      node.kill('SIGKILL')
      await node.exited()
      await oracle.morePublished(200)
      await node.restart()
      await oracle.morePublished(100)
    }
    await judge(oracle, `killed, of ${count}`)
  })

  it('keep every promise when PostgreSQL is killed and away for 15 s', async () => {
    const cluster = await start(3)
    const oracle = await watch(cluster)
    await postgres.end('SIGKILL')
    const backAt = performance.now() + 15_000
    for (const url of cluster.urls) {
      const told = async () => {
        const { status, text } = await statusOf(url, '/readyz')
        return status === 503 && text.includes('"away":["database","broker"]')
      }
      await until(told, { deadlineMs: 10_000, what: '/readyz names what is away' })
    }
    while (performance.now() < backAt) {
      for (const url of cluster.urls) expect((await statusOf(url, '/healthz')).status).toBe(200)
      await delay(500)
    }
    const refusedBefore = oracle.attempts.filter(({ outcome }) => outcome.kind === 'answered' && outcome.status === 503)
    expect(refusedBefore.length).toBeGreaterThan(0)
    await postgres.restart()
    await oracle.morePublished(300, RECOVERY_MS)
    await until(() => allReady(cluster), { deadlineMs: RECOVERY_MS })
    await judge(oracle, 'PostgreSQL away for 15 s')
  })

  it('keep every promise when whoever holds the lock of the log is ended, and the listeners too', async () => {
    const cluster = await start(3)
    const client = await beside(cluster)
    const oracle = await watch(cluster, 16)
    const end = async (which: string) => {
      const { rows } = await client.query<{ pid: number }>(
        `select pg_terminate_backend(pid), pid from (${which}) found`,
      )
      return rows.length
    }
    const holders = `select l.pid from pg_locks l join pg_class c on c.oid = l.relation
      where c.relname = 'log_state' and l.mode = 'RowExclusiveLock' and l.granted and l.pid <> pg_backend_pid()`
    const listeners = `select pid from pg_stat_activity
      where application_name = 'yayin-listen' and datname = current_database()`
    let ended = 0
    for (let round = 0; round < 20; round++) {
      ended += await until(() => end(holders), { deadlineMs: 10_000, everyMs: 1 })
      await oracle.morePublished(50)
      if (round % 5 === 0) await until(() => end(listeners), { deadlineMs: 10_000 })
    }
    expect(ended).toBeGreaterThanOrEqual(20)
    await judge(oracle, 'lock holders and listeners ended')
  })

  it('keep every promise when one is frozen for 20 s and goes on', async () => {
    const cluster = await start(3)
    const oracle = await watch(cluster)
    const frozen = cluster.nodes[0]!
    const excused = oracle.excuse(frozen.url)
    frozen.kill('SIGSTOP')
    const thawAt = performance.now() + 20_000
    while (performance.now() < thawAt) {
      await oracle.morePublished(20)
      for (const url of cluster.urls.slice(1)) expect(await isReady(url)).toBe(true)
      await delay(200)
    }
    frozen.kill('SIGCONT')
    await until(() => isReady(frozen.url), { deadlineMs: RECOVERY_MS })
    excused()
    await oracle.morePublished(200)
    await judge(oracle, 'frozen for 20 s')
  })

  it('keep every promise when their clocks jump by hours, each its own way', async () => {
    const cluster = await start(3, { NODE_OPTIONS: `--import ${JUMPING_CLOCK}` })
    const oracle = await watch(cluster)
    for (let round = 0; round < 12; round++) {
      cluster.nodes[round % 3]!.kill('SIGUSR2')
      for (const subscriber of oracle.subscribers.slice(0, 3)) subscriber.cut()
      await oracle.morePublished(100)
      if (round % 4 === 1) await cluster.nodes[round % 3]!.restart({ signal: 'SIGKILL' })
    }
    expect(await allReady(cluster)).toBe(true)
    await judge(oracle, 'clocks that jump')
  })
})
