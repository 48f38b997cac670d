import { setTimeout } from 'node:timers/promises'
import { load, withServer } from './part.mjs'

/** How often all connections are opened again on the same server. */
const ROUNDS = 3
/** How long the server is left alone before a round. */
const REST_MS = 1000

/**
 * Many connections that get nothing: their memory, and what it costs to accept them, right after the start, when much
 * has to be compiled first, and later.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function idle(bench) {
  return bench.peers.map((peer) => ({
    title: `${bench.connections} idle connections · ${peer.title}`,
    async run() {
      const kib = await withServer(peer, (server) => measureMemory(bench, server))
      // On a server of its own: one that had to collect its garbage has forgotten some of what it had compiled.
      const { firstCpuUs, cpuUs } = await withServer(peer, (server) => measureAccept(bench, server))
      bench.results.idle.push({ server: peer.name, connections: bench.connections, kib, firstCpuUs, cpuUs })
      return `${kib.toFixed(1)} KiB and ${Math.round(cpuUs)} µs of CPU each, the first ones ${Math.round(firstCpuUs)}`
    },
  }))
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 */
async function measureMemory(bench, server) {
  // The first ones take the room that the start has left behind.
  const before = bench.connections / 2
  const figures = await load(bench, server, { readers: bench.connections, before, collect: true })
  return (figures.memoryOpenKib - figures.memoryBeforeKib) / (figures.opened - before)
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 */
async function measureAccept(bench, server) {
  const openAll = async () => {
    const { openCpuMs, opened } = await load(bench, server, { readers: bench.connections })
    return (openCpuMs * 1000) / opened
  }
  // Not what is left of the start.
  await setTimeout(REST_MS)
  const firstCpuUs = await openAll()
  const later = []
  for (let round = 0; round < ROUNDS; round++) {
    // The server is still at closing those of the last round when the first ones of the next come.
    await setTimeout(REST_MS)
    later.push(await openAll())
  }
  return { firstCpuUs, cpuUs: Number(later.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]) }
}
