import { load, withServer } from './part.mjs'

/** How often all connections are opened again on the same server. */
const ROUNDS = 3

/**
 * Many connections that get nothing: their memory, and what it costs to accept them, right after the start, when much
 * has to be compiled first, and later.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function idle(bench) {
  return bench.peers.map((peer) => ({
    title: `${bench.connections} idle connections · ${peer.title}`,
    run: () => withServer(peer, (server) => measureIdle(bench, server)),
  }))
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 */
async function measureIdle(bench, server) {
  // The first ones take the room that the start has left behind.
  const before = bench.connections / 2
  const openAll = () => load(bench, server, { readers: bench.connections, before, collect: true })
  const { opened, beforeCpuMs, openCpuMs, memoryBeforeKib, memoryOpenKib } = await openAll()
  const kib = (memoryOpenKib - memoryBeforeKib) / (opened - before)
  const firstCpuUs = ((beforeCpuMs + openCpuMs) * 1000) / opened
  const later = []
  for (let round = 0; round < ROUNDS; round++) {
    // Of the second half again: the server is still at closing those of the last round when the first ones come.
    const figures = await openAll()
    later.push((figures.openCpuMs * 1000) / (figures.opened - before))
  }
  const cpuUs = Number(later.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)])
  bench.results.idle.push({ server: server.name, connections: opened, kib, firstCpuUs, cpuUs })
  return `${kib.toFixed(1)} KiB and ${Math.round(cpuUs)} µs of CPU each, the first ones ${Math.round(firstCpuUs)}`
}
