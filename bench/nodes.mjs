import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startNats, natsPath } from '../tests/support/nats-server.ts'
import { startNodes } from '../tests/support/nodes.ts'
import { startPostgres } from '../tests/support/postgres.ts'
import { redisPath, startRedis } from '../tests/support/redis-server.ts'
import { generator, measure } from './generator.mjs'
import { describeMachine } from './machine.mjs'
import { get, messageOf, post } from './requests.mjs'

const HELP = `npm run bench:nodes -- [broker …]

Measures two nodes over one broker: durable publishes a second, and how long a message takes from the publisher at one
node to a reader at the other. Brokers: postgres, redis, nats; each forces what it takes to the disk before it answers.
  --seconds N   for each measurement, 8 without it
`

const MESSAGE_BYTES = 160
const STEADY_RATE = 50
const BATCH = 100

/** How the messages come in: at two nodes at once, by so many publishers each, so many in a request. */
const LOADS = [
  { title: '1 + 1 publishers', publishers: 1, batch: 1 },
  { title: '64 + 64 publishers', publishers: 64, batch: 1 },
  { title: '256 + 256 publishers', publishers: 256, batch: 1 },
  { title: `4 + 4 publishers of batches of ${BATCH}`, publishers: 4, batch: BATCH },
]

/**
 * Starts a broker's server, when it needs one beside PostgreSQL.
 * @type {Record<string, () => Promise<{ env: Record<string, string>, stop(): Promise<void> } | null>>}
 */
const BROKERS = {
  postgres: async () => ({ env: { BROKER: 'postgres' }, stop: async () => undefined }),
  async redis() {
    if (redisPath === null) return null
    const redis = await startRedis({ config: ['appendfsync always'] })
    return { env: { BROKER: 'redis', REDIS_URL: `redis://127.0.0.1:${redis.port}` }, stop: () => redis.stop() }
  },
  async nats() {
    if (natsPath === null) return null
    const nats = await startNats()
    return { env: { BROKER: 'nats', NATS_URL: `nats://127.0.0.1:${nats.port}` }, stop: () => nats.stop() }
  },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean' }, seconds: { type: 'string', default: '8' } },
})
const unknown = positionals.find((name) => !Object.hasOwn(BROKERS, name))
if (values.help || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? HELP : `${unknown} is no broker.\n\n${HELP}`)
  process.exit(unknown === undefined ? 0 : 2)
}
const seconds = Number(values.seconds)
const load = generator(false)
const { cpu, memory, system, node, commit } = describeMachine(load.kind)
process.stdout.write(`${cpu}, ${memory}, ${system}, Node ${node}, commit ${commit}, load in ${load.kind}\n`)
for (const name of positionals.length === 0 ? Object.keys(BROKERS) : positionals) await measureBroker(name)

/** @param {string} name */
async function measureBroker(name) {
  const postgres = await startPostgres({ fsync: true })
  const broker = await BROKERS[name]?.()
  if (postgres === null || !broker) {
    await postgres?.stop()
    process.stdout.write(`\n${name}: its server is not installed here\n`)
    return
  }
  const cluster = await startNodes(2, { databaseUrl: await postgres.createDatabase(), env: broker.env })
  try {
    process.stdout.write(`\n## ${name}\n\n`)
    const { arrived, answered } = await measureLatency(cluster)
    const inWords = (/** @type {Percentiles} */ { p50, p99 }) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
    process.stdout.write(`A → B at ${STEADY_RATE}/s: ${inWords(arrived)}; answered at A: ${inWords(answered)}\n`)
    for (const { title, publishers, batch } of LOADS) {
      const { rate, cpuUs } = await measureRate(cluster, publishers, batch)
      process.stdout.write(
        `${title}: ${Math.round(rate)} durable publishes/s, ${Math.round(cpuUs)} µs of the nodes’ CPU each\n`,
      )
    }
  } finally {
    await cluster.stop()
    await broker.stop()
    await postgres.stop()
  }
}

/** @typedef {import('../tests/support/nodes.ts').Nodes} Nodes */

/**
 * Publishes at the one node at a steady rate and reads at the other; returns milliseconds.
 * @param {Nodes} cluster
 */
async function measureLatency({ urls, apiKey }) {
  /** @type {number[]} */
  const took = []
  /** @type {number[]} */
  const answers = []
  const reader = request(new URL('/api/events?channel=public/bench', urls[1]), { agent: false }, (res) => {
    res.setEncoding('latin1').on('data', (/** @type {string} */ text) => {
      const atMs = performance.now()
      for (const [, sentAt] of text.matchAll(/"sentAtMs":([\d.]+)/g)) took.push(atMs - Number(sentAt))
    })
  }).end()
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  await delay(500)
  for (let n = 0; n < seconds * STEADY_RATE; n++) {
    const dueAtMs = performance.now() + 1000 / STEADY_RATE
    const body = JSON.stringify({ channel: 'public/bench', sentAtMs: performance.now(), text: 'x'.repeat(80) })
    await fetch(new URL('/api/broadcast', urls[0]), { method: 'POST', headers, body }).then((res) => res.text())
    answers.push(performance.now() - dueAtMs + 1000 / STEADY_RATE)
    await delay(Math.max(0, dueAtMs - performance.now()))
  }
  await delay(500)
  reader.destroy()
  // The first ones pay for connections and for code that was never run.
  return { arrived: percentiles(took.slice(STEADY_RATE)), answered: percentiles(answers.slice(STEADY_RATE)) }
}

/** @typedef {{ p50: number, p99: number }} Percentiles */

/** @param {number[]} values @returns {Percentiles} */
function percentiles(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ part) => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN
  return { p50: at(0.5), p99: at(0.99) }
}

/**
 * Publishes at both nodes at once; returns messages a second that were answered, and what one cost both nodes in CPU
 * time, in microseconds: every node also reads what the other took in.
 * @param {Nodes} cluster
 * @param {number} publishers at each node
 * @param {number} batch messages in a request
 */
async function measureRate({ nodes, apiKey }, publishers, batch) {
  const message = messageOf(MESSAGE_BYTES, { channel: 'public/bench' })
  const body = batch === 1 ? message : `[${Array.from({ length: batch }, () => message).join()}]`
  const publish = post('/api/broadcast', body, { Authorization: `Bearer ${apiKey}` })
  const readers = get('/api/events?channel=public/bench', { Accept: 'text/event-stream' })
  const figures = await Promise.all(
    nodes.map(({ port, pid }) => {
      const server = /** @type {import('./servers.mjs').RunningServer} */ ({ port, pid, request: readers })
      return measure(load.command, server, { readers: 0, publishers, publish, seconds, warm: 2 })
    }),
  )
  const failed = figures.reduce((sum, figure) => sum + figure.failed, 0)
  if (failed > 0) process.stdout.write(`  note: ${failed} publishes failed\n`)
  const published = batch * figures.reduce((sum, figure) => sum + figure.published, 0)
  const cpuMs = figures.reduce((sum, figure) => sum + figure.cpuMs, 0)
  return { rate: published / Math.max(...figures.map((figure) => figure.seconds)), cpuUs: (1000 * cpuMs) / published }
}
