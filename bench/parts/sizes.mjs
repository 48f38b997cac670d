import { messageOf } from '../requests.mjs'
import { cpuUsPerDelivery, load, microseconds, perSecond, READERS, short, withServer } from './part.mjs'

/** Bytes of a message, and how many of them a second: 64 MB to all readers together, or 50 messages. */
const SIZES = [100, 1000, 4000, 16_000, 64_000].map((bytes) => ({
  bytes,
  rate: Math.max(1, Math.min(50, Math.round(64_000 / bytes))),
}))

const QUICK_SIZES = [SIZES[0], SIZES[SIZES.length - 1]].filter((size) => size !== undefined)

/**
 * Messages of several sizes at a steady pace.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function sizes(bench) {
  const peers = bench.peers.filter(({ name }) => name === 'yayin' || (name === 'node-socket' && !bench.quick))
  return peers.map((peer) => ({
    title: `messages of 100 B to 64 KB · ${peer.title}`,
    run: () =>
      withServer(peer, async (server) => {
        const told = []
        for (const size of bench.quick ? QUICK_SIZES : SIZES) told.push(await measureSize(bench, server, size))
        return told.join('; ')
      }),
  }))
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 * @param {(typeof SIZES)[number]} size
 */
async function measureSize(bench, server, { bytes, rate: messages }) {
  const publish = server.post(messageOf(bytes))
  const figures = await load(bench, server, {
    readers: READERS,
    publish,
    publishers: 4,
    rate: messages,
    seconds: bench.seconds,
  })
  const rate = perSecond(figures)
  const cpuUs = cpuUsPerDelivery(figures)
  const { p50Us, p99Us, lostConnections } = figures
  bench.results.sizes.push({ server: server.name, bytes, messages, rate, cpuUs, p50Us, p99Us, lostConnections })
  return `${short(bytes)} B: ${microseconds(cpuUs)}`
}
