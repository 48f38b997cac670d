import { Agent } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { publish } from '../chaos/support.ts'
import { NATS, POSTGRES, REDIS } from '../contract/engines.ts'
import { api } from '../support/api.ts'
import { startServer } from '../support/server.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'

const SECRETS = { API_KEY: 'yk_shared_by_both_nodes_0123456789', JWT_SECRET: 's'.repeat(32), LOG_LEVEL: 'warn' }
const RUN_MS = 5000
const DEADLINE_MS = 20_000
/** Some 160 bytes with what the server adds. */
const TEXT = 'x'.repeat(70)

it.each([POSTGRES, REDIS, NATS])('$name: publishes a second, and the way from one node to the other', async (kind) => {
  if (kind.isMissing()) return
  const engine = await kind.start()
  onTestFinished(() => engine.stop())
  const start = () => startServer({ env: { ...SECRETS, ...engine.env(engine.port) } })
  const [a, b] = await Promise.all([start(), start()])
  onTestFinished(async () => void (await Promise.all([a.stop(), b.stop()])))
  for (const { url } of [a, b]) await until(async () => (await fetch(`${url}/readyz`)).ok, { deadlineMs: DEADLINE_MS })

  const stream = await openEvents(b.url, { channels: ['public/speed'] })
  await stream.waitFor(({ body }) => body.type === 'connected')
  const agent = new Agent({ keepAlive: true })
  const timesMs: number[] = []
  for (let n = 0; n < 300; n++) {
    const atMs = performance.now()
    const answer = publish(a, agent, { channel: 'public/speed', n })
    await stream.waitFor(({ body }) => body.n === n, DEADLINE_MS)
    timesMs.push(performance.now() - atMs)
    await answer
  }
  timesMs.sort((x, y) => x - y)

  const singles = await perSecond(64, 1, async () => (await publish(a, agent, message())) !== null)
  const batch = Array.from({ length: 500 }, message)
  const grouped = await perSecond(8, 500, async () => (await api(a).post('/api/broadcast', batch)).status === 200)
  // Whatever the speed, the other node gets everything.
  const last = await publish(a, agent, { channel: 'public/speed', type: 'last' })
  await stream.waitFor(({ body }) => body.id === last, 60_000)
  stream.close()
  agent.destroy()
  const [p50, p99] = [0.5, 0.99].map((part) => timesMs[Math.floor(timesMs.length * part)]!.toFixed(1))
  process.stdout.write(`${kind.name}: a to b p50 ${p50} ms, p99 ${p99} ms; `)
  process.stdout.write(`64 publishers ${singles}/s; 8 publishers of batches ${grouped}/s\n`)
  expect(Math.min(singles, grouped)).toBeGreaterThan(0)
})

const message = () => ({ channel: 'public/load', text: TEXT })

/** Lets so many publish at a time; resolves with how many messages a second were taken. */
async function perSecond(publishers: number, messages: number, send: () => Promise<boolean>): Promise<number> {
  const endsAt = performance.now() + RUN_MS
  let taken = 0
  const work = async () => {
    while (performance.now() < endsAt) if (await send()) taken += messages
  }
  await Promise.all(Array.from({ length: publishers }, work))
  return Math.round(taken / (RUN_MS / 1000))
}
