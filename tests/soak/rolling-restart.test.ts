import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { NodeInfo } from '../../shared/nodes.ts'
import { api } from '../support/api.ts'
import { type Balancer, openBalancer } from '../support/balancer.ts'
import { type Mover, percentile, publishSteadily, startMover } from '../support/movers.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const CHANNEL = 'public/rolling'
const CLIENTS = 60
const PUBLISHERS = 4
const ROUNDS = 2
const DEADLINE = { deadlineMs: 60_000, everyMs: 100 }

describe.skipIf(postgresUrl === null)('three nodes that are restarted one after the other under load', () => {
  let nodes: TestServer[]
  let balancer: Balancer
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    const env = { API_KEY: 'yk_shared_by_all_nodes_0123456789', JWT_SECRET: 's'.repeat(32), DRAIN_GRACE_SECONDS: '1' }
    nodes = await Promise.all([1, 2, 3].map(() => startServer({ databaseUrl, env })))
    balancer = await openBalancer(
      nodes.map(({ port }) => port),
      { asksReadiness: true },
    )
    await allReady()
  }, 120_000)
  afterAll(async () => {
    await balancer.close()
    await Promise.all(nodes.map((node) => node.stop()))
  })

  async function allReady(): Promise<void> {
    for (const node of nodes) {
      await until(async () => {
        const { body } = await api(node).get<{ nodes: NodeInfo[] }>('/api/nodes')
        return body.nodes.filter(({ state }) => state === 'ready').length === nodes.length
      }, DEADLINE)
    }
  }

  async function startMovers(): Promise<Mover[]> {
    const movers: Mover[] = []
    for (let n = 0; n < CLIENTS; n++) movers.push(await startMover(balancer.url, CHANNEL, n % 3 === 0 ? 'ws' : 'sse'))
    return movers
  }

  const offsetOf = (id: string) => Number(id.split('.')[1])

  it('bring clients of the library everything, once, in order and within a second, and never leave them cut', async () => {
    const movers = await startMovers()
    const start = () => publishSteadily(balancer.url, nodes[0]!.apiKey, CHANNEL, 25)
    const publishers = Array.from({ length: PUBLISHERS }, start)
    await delay(2000)
    for (let round = 0; round < ROUNDS; round++) {
      for (const node of nodes) {
        node.kill('SIGTERM')
        expect(await node.exited()).toBe(0)
        await node.restart()
        await allReady()
        await delay(1000)
      }
    }
    await Promise.all(publishers.map((publisher) => publisher.stop()))
    const published = publishers.flatMap(({ ids }) => ids).toSorted((a, b) => offsetOf(a) - offsetOf(b))
    const moves = movers.map(({ connectionIds }) => connectionIds.length - 1)
    for (const mover of movers) {
      await until(() => mover.ids.length >= published.length, { ...DEADLINE, what: 'everything came' })
      expect(mover.ids).toEqual(published)
      expect([mover.gaps, new Set(mover.states)]).toEqual([[], new Set(['connecting', 'live'])])
      mover.close()
    }
    const delays = movers.flatMap(({ delaysMs }) => delaysMs)
    const figures = {
      messages: published.length,
      deliveries: delays.length,
      moves: moves.reduce((sum, count) => sum + count, 0),
      p50Ms: percentile(delays, 0.5),
      p99Ms: percentile(delays, 0.99),
      maxMs: percentile(delays, 1),
    }
    process.stdout.write(`${JSON.stringify(figures)}\n`)
    expect(figures.moves).toBeGreaterThan(CLIENTS)
    expect(figures.p99Ms).toBeLessThan(1000)
  })
})
