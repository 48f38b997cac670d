import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { NodeInfo } from '../../shared/nodes.ts'
import { api } from '../support/api.ts'
import { type Balancer, openBalancer } from '../support/balancer.ts'
import { type Mover, publishSteadily, startMover } from '../support/movers.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const DEADLINE = { deadlineMs: 15_000 }

describe.skipIf(postgresUrl === null)('draining one of two nodes', () => {
  let nodes: TestServer[]
  let balancer: Balancer
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    const shared = { API_KEY: 'yk_shared_by_both_nodes_0123456789', JWT_SECRET: 's'.repeat(32) }
    const env = { ...shared, DRAIN_GRACE_SECONDS: '0.2', DRAIN_SECONDS: '0.5' }
    nodes = await Promise.all([startServer({ databaseUrl, env }), startServer({ databaseUrl, env })])
    // It sends clients to the node that drains, too: they are refused there, and come again.
    balancer = await openBalancer(nodes.map(({ port }) => port))
    for (const node of nodes) await seen(node, ['ready', 'ready'])
  })
  afterAll(async () => {
    await balancer.close()
    await Promise.all(nodes.map((node) => node.stop()))
  })

  async function list(node: TestServer): Promise<NodeInfo[]> {
    return (await api(node).get<{ nodes: NodeInfo[] }>('/api/nodes')).body.nodes
  }

  /** Resolves once a node sees itself and the other one in these states. */
  async function seen(node: TestServer, states: NodeInfo['state'][]): Promise<void> {
    const stateOf = async () => (await list(node)).map(({ state }) => state)
    await until(async () => String(await stateOf()) === String(states), { ...DEADLINE, what: String(states) })
  }

  const startMovers = (channel: string) =>
    Promise.all(
      (['sse', 'sse', 'sse', 'ws', 'ws', 'ws'] as const).map((kind) => startMover(balancer.url, channel, kind)),
    )

  async function expectUnharmed(movers: Mover[], published: string[]): Promise<void> {
    for (const mover of movers) {
      await until(() => mover.ids.at(-1) === published.at(-1), { ...DEADLINE, what: 'the last message came' })
      expect(mover.ids).toEqual(published)
      expect([mover.gaps, new Set(mover.states)]).toEqual([[], new Set(['connecting', 'live'])])
      mover.close()
    }
  }

  it('moves its clients to the other, unseen by those of the library, and takes clients again when that is undone', async () => {
    const channel = 'public/by-hand'
    const movers = await startMovers(channel)
    const [here, there] = nodes as [TestServer, TestServer]
    const native = await openEvents(there.url, { channels: [channel] })
    const publisher = publishSteadily(balancer.url, here.apiKey, channel, 10)
    await until(() => publisher.ids.length > 10, DEADLINE)
    const { node } = (await list(there))[0]!
    const drained = await api(here).post<NodeInfo>(`/api/nodes/${node}/drain`)
    expect(drained).toMatchObject({ status: 200, body: { node, self: false, state: 'draining' } })
    await until(async () => (await list(there))[0]!.connections === 0, DEADLINE)
    expect((await fetch(`${there.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${there.url}/api/events?channel=${channel}`)).status).toBe(503)
    await seen(here, ['ready', 'draining'])
    const { connections } = (await list(here))[0]!
    expect(connections).toBe(movers.length)
    const { body, lastEventId } = await native.waitFor((frame) => frame.body.type === 'disconnect')
    expect(body).toMatchObject({ reason: 'shutdown', reconnect: true, closesInMs: expect.any(Number) })
    await native.ended
    // It went on bringing messages until it closed.
    expect(native.lastEventId).not.toBe(lastEventId)

    const { self } = (await list(here))[0]!
    expect(self).toBe(true)
    const last = await api(here).post(`/api/nodes/${(await list(here))[0]!.node}/drain`)
    expect(last).toMatchObject({ status: 409, body: { code: 'conflict' } })

    expect((await api(here).delete(`/api/nodes/${node}/drain`)).status).toBe(200)
    await seen(here, ['ready', 'ready'])
    expect((await fetch(`${there.url}/readyz`)).status).toBe(200)
    await publisher.stop()
    await expectUnharmed(movers, publisher.ids)
  })

  it('goes unseen by clients of the library when it is told to end and comes back, one after the other', async () => {
    const channel = 'public/restart'
    const movers = await startMovers(channel)
    const publisher = publishSteadily(balancer.url, nodes[0]!.apiKey, channel, 10)
    await until(() => publisher.ids.length > 10, DEADLINE)
    for (const node of nodes) {
      node.kill('SIGTERM')
      expect(await node.exited()).toBe(0)
      await node.restart()
      for (const one of nodes) await seen(one, ['ready', 'ready'])
    }
    await publisher.stop()
    const moves = movers.reduce((sum, { connectionIds }) => sum + connectionIds.length - 1, 0)
    expect(moves).toBeGreaterThanOrEqual(movers.length)
    await expectUnharmed(movers, publisher.ids)
  })

  it('is refused for a node that is not there, and to who is no admin', async () => {
    const node = nodes[0]!
    expect((await api(node).post('/api/nodes/nowhere/drain')).status).toBe(404)
    expect((await api(node, null).post('/api/nodes/nowhere/drain')).status).toBe(401)
    expect((await api(node, null).get('/api/nodes')).status).toBe(401)
  })
})
