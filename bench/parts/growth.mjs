import { get, messageOf } from '../requests.mjs'
import { cpuUsPerDelivery, load, MESSAGE_BYTES, microseconds, perSecond, READERS, short, withServer } from './part.mjs'

const CONNECTIONS = [10, 100, 1000, 4000, 8000]
const QUICK_CONNECTIONS = [10, 1000]
const CHANNELS = [1, 10, 100, 1000]
const QUICK_CHANNELS = [1, 100]

/**
 * How the cost grows with the connections, and with the channels that they are spread over.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function growth(bench) {
  const peer = bench.peers[0]
  if (!peer) return []
  return [
    {
      title: bench.quick ? '10 and 1,000 connections' : `10 to ${bench.connections} connections`,
      run: () => withServer(peer, (server) => overConnections(bench, server)),
    },
    {
      title: '1,000 readers over 1 to 1,000 channels',
      run: () => withServer(peer, (server) => overChannels(bench, server)),
    },
  ]
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 */
async function overConnections(bench, server) {
  const publish = server.post(messageOf(MESSAGE_BYTES))
  const told = []
  for (const readers of bench.quick ? QUICK_CONNECTIONS : CONNECTIONS.filter((count) => count <= bench.connections)) {
    const figures = await load(bench, server, { readers, publish, publishers: 4, seconds: bench.seconds })
    const rate = perSecond(figures)
    const cpuUs = cpuUsPerDelivery(figures)
    const publishes = figures.published / figures.seconds
    bench.results.connections.push({ readers, rate, publishes, cpuUs, p50Us: figures.p50Us, p99Us: figures.p99Us })
    told.push(`${readers}: ${short(rate)}/s, ${microseconds(cpuUs)}`)
  }
  return told.join('; ')
}

/**
 * Each request publishes one message to each channel, so that it is 1,000 deliveries however many channels there are.
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 */
async function overChannels(bench, server) {
  const request = get('/api/events?channel=public/@N@', { Accept: 'text/event-stream' })
  const told = []
  for (const channels of bench.quick ? QUICK_CHANNELS : CHANNELS) {
    const batch = Array.from({ length: channels }, (_, i) => messageOf(MESSAGE_BYTES, { channel: `public/${i}` }))
    const publish = server.post(`[${batch.join()}]`)
    const figures = await load(bench, server, {
      readers: READERS,
      channels,
      request,
      publish,
      publishers: 4,
      seconds: bench.seconds,
    })
    const rate = perSecond(figures)
    const cpuUs = cpuUsPerDelivery(figures)
    bench.results.channels.push({ channels, rate, cpuUs })
    told.push(`${channels}: ${short(rate)}/s, ${microseconds(cpuUs)}`)
  }
  return told.join('; ')
}
