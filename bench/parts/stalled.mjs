import { messageOf } from '../requests.mjs'
import { AUTHORIZED } from '../servers.mjs'
import { load, READERS, short, withServer } from './part.mjs'

/** Large enough for the buffers to fill in the time there is. */
const BYTES = 2000

/**
 * Readers that never read cost as much as others until the system's buffers and the server's limit are full, and are
 * then closed: so there is a time before and one after.
 */
const CASES = [
  { name: 'none', title: 'alone', stalled: 0, warm: 2 },
  { name: 'before', title: 'beside 1,000 that never read', stalled: READERS, warm: 0.5 },
  { name: 'after', title: 'beside 1,000 that never read, once those are closed', stalled: READERS, warm: 12 },
]

/**
 * Readers that never read, beside 1,000 that do: what they cost the others, and the process.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function stalled(bench) {
  const peer = bench.peers[0]
  if (!peer) return []
  return CASES.filter(({ name }) => !bench.quick || name !== 'before').map((one) => ({
    title: `1,000 readers ${one.title}`,
    run: () => withServer(peer, (server) => measureStalled(bench, server, one)),
  }))
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 * @param {(typeof CASES)[number]} one
 */
async function measureStalled(bench, server, { name, title, stalled, warm }) {
  const publish = server.post(messageOf(BYTES))
  const { seconds } = bench
  const open = watchConnections(server)
  const figures = await load(bench, server, { readers: READERS, stalled, publish, publishers: 64, warm, seconds })
  const closed = open.fewerThan(READERS + stalled)
  const messages = figures.deliveries / READERS / figures.seconds
  const peakMib = figures.memoryPeakKib / 1024
  bench.results.stalled.push({ name, title, messages, p99Us: figures.p99Us, peakMib, closed })
  return `${short(messages)} messages a second to each, at most ${Math.round(peakMib)} MiB, ${closed} closed`
}

/**
 * Asks the server every half second how many connections it has.
 * @param {import('../servers.mjs').RunningServer} server
 */
function watchConnections({ url }) {
  /** @type {number[]} */
  const counts = []
  const timer = setInterval(() => {
    countConnections(url).then(
      (count) => counts.push(count),
      () => undefined,
    )
  }, 500)
  return {
    /**
     * Stops, and returns how many of `all` were closed before the readers went by themselves.
     * @param {number} all
     */
    fewerThan(all) {
      clearInterval(timer)
      return Math.max(0, all - Math.min(all, counts.at(-3) ?? all))
    },
  }
}

/**
 * @param {string} url
 * @returns {Promise<number>}
 */
async function countConnections(url) {
  const response = await fetch(`${url}/api/stats`, { headers: AUTHORIZED })
  const stats = /** @type {{ connections: { current: number } }} */ (await response.json())
  return stats.connections.current
}
