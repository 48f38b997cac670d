import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { type Nodes, startNodes } from '../support/nodes.ts'
import { startOracle } from '../support/oracle.ts'
import { createDatabase } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')

describe.skipIf(postgresUrl === null)('two nodes over one PostgreSQL, under load', () => {
  let cluster: Nodes
  let database: pg.Client
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    cluster = await startNodes(2, { databaseUrl })
    database = new pg.Client({ connectionString: databaseUrl })
    await database.connect()
  })
  afterAll(async () => {
    await cluster.stop()
    await database.end()
  })

  /** Ends every connection of the nodes to the database; returns how many there were. */
  async function endBackends(): Promise<number> {
    const { rows } = await database.query(
      `select pg_terminate_backend(pid) as ended from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    return rows.length
  }

  it('lose, double and swap nothing when one is killed and the database ends all connections', async () => {
    const [a] = cluster.nodes
    const oracle = await startOracle({ urls: cluster.urls, apiKey: cluster.apiKey })
    onTestFinished(() => oracle.close())
    await oracle.morePublished(100)
    a!.kill('SIGKILL')
    await a!.exited()
    await oracle.morePublished(100)
    // Writers and listeners among them.
    expect(await endBackends()).toBeGreaterThanOrEqual(2)
    await oracle.morePublished(100)
    await a!.restart()
    await oracle.morePublished(100)
    await until(async () => (await fetch(`${a!.url}/readyz`)).ok, { deadlineMs: 15_000 })
    const { faults, times } = await oracle.finish()
    expect(faults).toEqual([])
    expect(times.published).toBeGreaterThanOrEqual(400)
    expect(oracle.subscribers.every(({ connections }) => connections > 0)).toBe(true)
    expect(oracle.subscribers.some(({ connections }) => connections > 1)).toBe(true)
  })
})
