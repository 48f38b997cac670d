import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('results/', import.meta.url))

/**
 * What a run found. A part that was not run left its list empty. CPU is null where it could not be measured.
 * @typedef {object} Results
 * @property {string} date
 * @property {boolean} quick
 * @property {ReturnType<typeof import('./machine.mjs').describeMachine>} machine
 * @property {{ name: string, title: string, what: string }[]} servers
 * @property {{ server: string, way: string, rate: number, cpuUs: number | null, p50Us: number, p99Us: number }[]} broadcast
 * @property {{ server: string, connections: number, kib: number, firstCpuUs: number,
 *   cpuUs: number }[]} idle
 * @property {{ after: string, clients: number, missed: number, completeMs: number, lost: number,
 *   lostConnections: number, peakMib: number, growthMib: number }[]} storm
 * @property {{ name: string, title: string, messages: number, p99Us: number, peakMib: number,
 *   closed: number }[]} stalled
 * @property {{ server: string, bytes: number, messages: number, rate: number, cpuUs: number | null, p50Us: number,
 *   p99Us: number, lostConnections: number }[]} sizes
 * @property {{ readers: number, rate: number, publishes: number, cpuUs: number | null, p50Us: number,
 *   p99Us: number }[]} connections
 * @property {{ channels: number, rate: number, cpuUs: number | null }[]} channels
 */

/** @returns {Pick<Results, 'broadcast' | 'idle' | 'storm' | 'stalled' | 'sizes' | 'connections' | 'channels'>} */
export function noResults() {
  return { broadcast: [], idle: [], storm: [], stalled: [], sizes: [], connections: [], channels: [] }
}

/**
 * Keeps a run as data and as text, in files named by its date.
 * @param {Results} results
 * @param {string} text
 */
export function save(results, text) {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${FOLDER}${results.date}.json`, `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(`${FOLDER}${results.date}.md`, text)
}

/**
 * Reads a run, the newest one without a date.
 * @param {string} [date]
 * @returns {Results}
 */
export function read(date) {
  const dates = readdirSync(FOLDER).flatMap((name) => /^(.*)\.json$/.exec(name)?.[1] ?? [])
  const chosen = date ?? dates.sort().at(-1)
  if (chosen === undefined) throw new Error('There are no results yet; `npm run bench` makes some.')
  return JSON.parse(readFileSync(`${FOLDER}${chosen}.json`, 'utf8'))
}
