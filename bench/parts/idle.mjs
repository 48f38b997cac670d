import { load, withServer } from './part.mjs'

/**
 * Many connections that get nothing: their memory, and what it costs to accept them.
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
  // The first ones take the room that the start has left behind, and have the code compiled.
  const before = bench.connections / 2
  const figures = await load(bench, server, { readers: bench.connections, before, collect: true })
  const { opened, openCpuMs, memoryBeforeKib, memoryOpenKib } = figures
  const measured = opened - before
  const kib = (memoryOpenKib - memoryBeforeKib) / measured
  const cpuUs = (openCpuMs * 1000) / measured
  bench.results.idle.push({ server: server.name, connections: opened, kib, cpuUs })
  return `${kib.toFixed(1)} KiB and ${Math.round(cpuUs)} µs of CPU each`
}
