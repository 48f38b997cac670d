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
  // What the first connections bring into memory, compiled code above all, is not theirs.
  await load(bench, server, { readers: 300 })
  const { opened, openCpuMs, memoryBeforeKib, memoryOpenKib } = await load(bench, server, {
    readers: bench.connections,
  })
  const kib = (memoryOpenKib - memoryBeforeKib) / opened
  const cpuUs = (openCpuMs * 1000) / opened
  bench.results.idle.push({ server: server.name, connections: opened, kib, cpuUs })
  return `${kib.toFixed(1)} KiB and ${Math.round(cpuUs)} µs of CPU each`
}
