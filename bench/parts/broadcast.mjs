import { messageOf } from '../requests.mjs'
import { cpuUsPerDelivery, load, MESSAGE_BYTES, microseconds, perSecond, READERS, short, withServer } from './part.mjs'

/** How the messages come in. */
const WAYS = [
  { name: 'four', title: '4 publishers', load: { publishers: 4 } },
  { name: 'many', title: '64 publishers', load: { publishers: 64 } },
  { name: 'steady', title: '50 messages a second', load: { publishers: 4, rate: 50 } },
]

/**
 * One message to 1,000 readers, by every server in turn.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function broadcast(bench) {
  return bench.peers.map((peer) => ({
    title: `1,000 readers · ${peer.title}`,
    run: () => withServer(peer, (server) => measureAll(bench, server)),
  }))
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 */
async function measureAll(bench, server) {
  const publish = server.post(messageOf(MESSAGE_BYTES))
  const told = []
  for (const way of WAYS) {
    const figures = await load(bench, server, { readers: READERS, publish, seconds: bench.seconds, ...way.load })
    const rate = perSecond(figures)
    const cpuUs = cpuUsPerDelivery(figures)
    const { p50Us, p99Us } = figures
    bench.results.broadcast.push({ server: server.name, way: way.name, rate, cpuUs, p50Us, p99Us })
    told.push(`${way.title}: ${short(rate)}/s, ${microseconds(cpuUs)}`)
  }
  return told.join('; ')
}
