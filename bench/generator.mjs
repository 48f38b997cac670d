import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { compiled } from './compiler.mjs'
import { pinned } from './pin.mjs'

const run = promisify(execFile)

/**
 * What one run of the load measured; see load/load.c.
 * @typedef {Record<'opened' | 'refused' | 'lostConnections' | 'openMs' | 'openCpuMs' | 'memoryBeforeKib' |
 *   'memoryOpenKib' | 'memoryPeakKib' | 'completed' | 'completeMs' | 'published' | 'failed' | 'missing' | 'doubled' |
 *   'deliveries' | 'seconds' | 'cpuMs' | 'p50Us' | 'p99Us' | 'maxUs', number>} Figures
 */

/**
 * @typedef {object} Load
 * @property {number} readers
 * @property {number} [before] so many of them are opened before what the others cost is measured
 * @property {number} [burst] how many may be connecting at a time
 * @property {number} [stalled] further readers that never read
 * @property {number} [channels] readers follow channels 0 to `channels` - 1
 * @property {number} [expect] messages that each reader gets at once
 * @property {boolean} [collect] count memory without garbage, where the server can tell
 * @property {number} [publishers]
 * @property {number} [rate] messages a second; without it as fast as they are answered
 * @property {number} [warm] seconds
 * @property {number} [seconds]
 * @property {string} [request] file with the readers' request, instead of the server's usual one
 * @property {string} [publish] file with the publishers' request; without it nothing is published
 */

const PATIENCE_SECONDS = 30

/**
 * Returns the program that makes the load: in C where there is a compiler, else in Node.
 * @param {boolean} inNode whether Node it shall be anyway
 */
export function generator(inNode) {
  const program = inNode ? null : compiled('load/load.c')
  const script = fileURLToPath(new URL('load/load.mjs', import.meta.url))
  return { kind: program === null ? 'Node' : 'C', command: program === null ? [process.execPath, script] : [program] }
}

/**
 * Puts load on a server, and returns what was measured. Rejects when the load could not be made, or not in time.
 * @param {readonly string[]} command
 * @param {import('./servers.mjs').RunningServer} server
 * @param {Load} load
 * @returns {Promise<Figures>}
 */
export async function measure(command, server, { collect, ...load }) {
  const options = { port: server.port, pid: server.pid, request: server.request, 'follow-up': server.followUp, ...load }
  const args = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  )
  if (server.engineIo) args.push('--engine-io')
  if (collect && server.collects) args.push('--collect')
  args.push('--patience', String(PATIENCE_SECONDS))
  const [program, ...rest] = pinned('load', [...command, ...args])
  const timeout = 1000 * ((load.seconds ?? 0) + (load.warm ?? 1) + 2 * PATIENCE_SECONDS)
  const { stdout, stderr } = await run(program, rest, { timeout, killSignal: 'SIGKILL' })
  if (stderr) process.stderr.write(stderr)
  return JSON.parse(stdout)
}
