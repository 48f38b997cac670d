import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { natsPath, type NatsServer, startNats, startNatsCluster } from '../support/nats-server.ts'
import { type Nodes, startNodes } from '../support/nodes.ts'
import { type Oracle, startOracle } from '../support/oracle.ts'
import { createDatabase } from '../support/postgres.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const isMissing = postgresUrl === null || natsPath === null
const AWAY_MS = 10_000
const DEADLINE_MS = 30_000

const statusOf = async ({ url }: TestServer, path: string) => (await fetch(url + path)).status
const isReady = async (node: TestServer) => (await statusOf(node, '/readyz')) === 200

/** Which server leads the log, and whether the others have all of it. */
async function copiesOf(servers: readonly NatsServer[]): Promise<{ leader: string | undefined; areCurrent: boolean }> {
  const nc = await connect({ servers: servers.map(({ port }) => `127.0.0.1:${port}`) })
  try {
    const { cluster } = await (await jetstreamManager(nc)).streams.info('yayin')
    const copies = cluster?.replicas ?? []
    return { leader: cluster?.leader, areCurrent: copies.length === 2 && copies.every(({ current }) => current) }
  } finally {
    await nc.close()
  }
}

async function startOver(servers: readonly NatsServer[], env: Record<string, string>): Promise<Nodes> {
  const NATS_URL = servers.map(({ port }) => `nats://127.0.0.1:${port}`).join()
  const databaseUrl = await createDatabase(postgresUrl!)
  return startNodes(2, { databaseUrl, env: { BROKER: 'nats', NATS_URL, ...env } })
}

async function observe({ urls, apiKey }: Nodes): Promise<Oracle> {
  const oracle = await startOracle({ urls, apiKey })
  onTestFinished(() => oracle.close())
  await oracle.morePublished(200)
  return oracle
}

/** Goes on for a moment, and holds what was seen to the promises. */
async function conclude(oracle: Oracle, nodes: Nodes): Promise<void> {
  await oracle.morePublished(200, DEADLINE_MS)
  for (const node of nodes.nodes) await until(() => isReady(node), { deadlineMs: DEADLINE_MS })
  const { faults, times } = await oracle.finish()
  expect(faults).toEqual([])
  expect(times.published).toBeGreaterThanOrEqual(400)
}

describe.skipIf(isMissing)('two nodes over one NATS, under load', () => {
  let nats: NatsServer
  let cluster: Nodes
  beforeAll(async () => {
    nats = await startNats()
    cluster = await startOver([nats], {})
  }, 60_000)
  afterAll(async () => {
    await cluster.stop()
    await nats.stop()
  })

  it('lose, double and swap nothing when NATS is killed and comes back, and say so meanwhile', async () => {
    const oracle = await observe(cluster)
    await nats.end('SIGKILL')
    const killedAtMs = performance.now()
    for (const node of cluster.nodes) {
      await until(async () => (await statusOf(node, '/readyz')) === 503, { deadlineMs: DEADLINE_MS })
      expect(await (await fetch(`${node.url}/readyz`)).json()).toMatchObject({ away: ['broker'] })
    }
    await until(() => performance.now() - killedAtMs > AWAY_MS, { deadlineMs: 2 * AWAY_MS, everyMs: 500 })
    for (const node of cluster.nodes) expect(await statusOf(node, '/healthz')).toBe(200)
    expect(oracle.attempts.some(({ outcome }) => outcome.kind === 'answered' && outcome.status === 503)).toBe(true)
    await nats.restart()
    await conclude(oracle, cluster)
  }, 120_000)

  it('lose, double and swap nothing when NATS stands still and goes on', async () => {
    const oracle = await observe(cluster)
    nats.freeze()
    await until(async () => !(await isReady(cluster.nodes[0]!)), { deadlineMs: DEADLINE_MS })
    nats.thaw()
    await conclude(oracle, cluster)
  }, 120_000)

  it('lose, double and swap nothing when one is killed, and one stands still', async () => {
    const oracle = await observe(cluster)
    const [a, b] = cluster.nodes
    a!.kill('SIGKILL')
    await a!.exited()
    await oracle.morePublished(200, DEADLINE_MS)
    await a!.restart()
    await until(() => isReady(a!), { deadlineMs: DEADLINE_MS })
    const excused = oracle.excuse(b!.url)
    b!.kill('SIGSTOP')
    await oracle.morePublished(200, DEADLINE_MS)
    b!.kill('SIGCONT')
    excused()
    await conclude(oracle, cluster)
  }, 120_000)
})

describe.skipIf(isMissing)('two nodes over a NATS of three servers, under load', () => {
  let servers: NatsServer[]
  let cluster: Nodes
  beforeAll(async () => {
    servers = await startNatsCluster(3)
    cluster = await startOver(servers, { NATS_REPLICAS: '3' })
  }, 120_000)
  afterAll(async () => {
    await cluster.stop()
    await Promise.all(servers.map((server) => server.stop()))
  })

  it('lose, double and swap nothing when the leader is lost, three times over', async () => {
    for (const node of cluster.nodes) await until(() => isReady(node), { deadlineMs: DEADLINE_MS })
    const oracle = await observe(cluster)
    for (let round = 0; round < 3; round++) {
      const { leader } = await until(() => copiesOf(servers), { deadlineMs: DEADLINE_MS, everyMs: 250 })
      const server = servers.find(({ name }) => name === leader)
      await server!.end('SIGKILL')
      await oracle.morePublished(200, 60_000)
      await server!.restart()
      await oracle.morePublished(200, 60_000)
      const isWhole = async () => (await copiesOf(servers)).areCurrent
      await until(isWhole, { deadlineMs: 60_000, everyMs: 250, what: 'all servers have the log' })
    }
    await conclude(oracle, cluster)
  }, 300_000)
})
