import { measure } from '../generator.mjs'
import { start } from '../servers.mjs'

/**
 * One step of a part: runs for a while and returns in a few words what came out.
 * @typedef {{ title: string, run(): Promise<string> }} Step
 */

/**
 * What the parts share.
 * @typedef {object} Bench
 * @property {readonly string[]} generator command of the load
 * @property {boolean} quick
 * @property {number} seconds for which one thing is measured
 * @property {number} connections for what needs many of them
 * @property {readonly import('../servers.mjs').Peer[]} peers those that can run here; Yayın is the first
 * @property {import('../results.mjs').Results} results
 */

export const READERS = 1000
export const MESSAGE_BYTES = 160

/**
 * Starts a server, does something with it, and stops it whatever happens.
 * @template T
 * @param {import('../servers.mjs').Peer} peer
 * @param {(server: import('../servers.mjs').RunningServer) => Promise<T>} work
 * @param {{ folder?: string }} [options]
 */
export async function withServer(peer, work, options) {
  const server = await start(peer, options)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

/**
 * Measures one load on a server; what could not be opened or got lost is told.
 * @param {Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 * @param {import('../generator.mjs').Load} load
 */
export async function load(bench, server, load) {
  const figures = await measure(bench.generator, server, { warm: bench.quick ? 0.5 : 1, ...load })
  const { opened, refused, failed, missing, doubled } = figures
  const faults = Object.entries({ refused, failed, missing, doubled }).filter(([, count]) => count > 0)
  if (opened < load.readers) faults.unshift(['opened', opened])
  if (faults.length > 0) {
    const told = faults.map(([name, count]) => `${count} ${name}`).join(', ')
    process.stderr.write(`  note: ${server.title}, ${load.readers} readers: ${told}\n`)
  }
  return figures
}

/** @param {import('../generator.mjs').Figures} figures */
export const perSecond = ({ deliveries, seconds }) => (seconds > 0 ? deliveries / seconds : 0)

/**
 * CPU time per delivery in microseconds; null where it can't be measured.
 * @param {import('../generator.mjs').Figures} figures
 */
export const cpuUsPerDelivery = ({ cpuMs, deliveries }) =>
  deliveries > 0 && cpuMs > 0 ? (cpuMs * 1000) / deliveries : null

/** @param {number} value */
export function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} million`
  return value >= 10_000 ? `${Math.round(value / 1000)},000` : String(Math.round(value))
}

/** @param {number | null} us */
export const microseconds = (us) => (us === null ? 'CPU unknown' : `${us.toFixed(us < 1 ? 2 : 1)} µs of CPU each`)
