import { execFileSync, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Whether programs can be given a core each; else they share all, and figures are rough. */
export const CAN_PIN = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0

const SERVER_CORE = '0'
const LOAD_CORE = '1'

/**
 * Returns the command that runs `command` on the server's core, or on the load's.
 * @param {'server' | 'load'} role
 * @param {readonly string[]} command
 * @returns {[string, ...string[]]}
 */
export function pinned(role, command) {
  const [program = '', ...args] = command
  if (!CAN_PIN) return [program, ...args]
  return ['taskset', '-c', role === 'server' ? SERVER_CORE : LOAD_CORE, program, ...args]
}

/** Most connections that this machine lets one process open, some kept back for other files. */
export function mostConnections() {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim()
  return limit === 'unlimited' ? Infinity : Number(limit) - 600
}
