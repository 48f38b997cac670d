import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { get, messageOf } from '../requests.mjs'
import { AUTHORIZED } from '../servers.mjs'
import { load, MESSAGE_BYTES, withServer } from './part.mjs'

const MISSED = 100

/**
 * All clients come back at once and have each missed 100 messages: after a cut of the network, and after a restart, when
 * nothing is in memory. After their replay they are sent some more, to see that they are live.
 * @param {import('./part.mjs').Bench} bench
 * @returns {import('./part.mjs').Step[]}
 */
export function storm(bench) {
  const peer = bench.peers[0]
  if (!peer) return []
  const folder = mkdtempSync(join(tmpdir(), 'yayin-bench-storm-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  let from = ''
  const title = `${bench.connections} clients resume ${MISSED} messages each`
  return [
    {
      title: `${title} · after a cut`,
      run: () =>
        withServer(
          peer,
          async (server) => {
            const told = await measureStorm(bench, server, await publishAll(server), 'cut')
            from = await publishAll(server)
            return told
          },
          { folder },
        ),
    },
    {
      title: `${title} · after a restart`,
      run: () => withServer(peer, (server) => measureStorm(bench, server, from, 'restart'), { folder }),
    },
  ]
}

/**
 * Publishes what will have been missed; returns the position before it.
 * @param {import('../servers.mjs').RunningServer} server
 */
async function publishAll(server) {
  const { id } = await publish(server, messageOf(MESSAGE_BYTES, { first: true }))
  for (let i = 0; i < MISSED; i++) await publish(server, messageOf(MESSAGE_BYTES))
  return id
}

/**
 * @param {import('../servers.mjs').RunningServer} server
 * @param {string} body
 * @returns {Promise<{ id: string }>}
 */
async function publish({ url }, body) {
  const headers = { ...AUTHORIZED, 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/api/broadcast`, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`a publish was answered with ${response.status}`)
  return /** @type {Promise<{ id: string }>} */ (response.json())
}

/**
 * @param {import('./part.mjs').Bench} bench
 * @param {import('../servers.mjs').RunningServer} server
 * @param {string} from
 * @param {'cut' | 'restart'} after
 */
async function measureStorm(bench, server, from, after) {
  const figures = await load(bench, server, {
    readers: bench.connections,
    burst: bench.connections,
    expect: MISSED,
    request: get('/api/events', { Accept: 'text/event-stream', 'Last-Event-ID': from }),
    publish: server.post(messageOf(MESSAGE_BYTES)),
    publishers: 1,
    rate: 10,
    warm: 0,
    seconds: 1,
  })
  const { opened, completeMs, missing, doubled, lostConnections, memoryBeforeKib, memoryPeakKib } = figures
  const peakMib = memoryPeakKib / 1024
  const growthMib = (memoryPeakKib - memoryBeforeKib) / 1024
  const lost = missing + doubled
  bench.results.storm.push({
    after,
    clients: opened,
    missed: MISSED,
    completeMs,
    lost,
    lostConnections,
    peakMib,
    growthMib,
  })
  return `all live after ${(completeMs / 1000).toFixed(1)} s, ${lost} lost or doubled, at most ${Math.round(peakMib)} MiB`
}
