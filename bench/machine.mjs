import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'
import { CAN_PIN } from './pin.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Says on what a run was made.
 * @param {string} generator
 */
export function describeMachine(generator) {
  return {
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    commit: commit(),
    cores: CAN_PIN ? 'server on core 0, load on core 1' : 'server and load share all cores',
    load: generator,
    versions: versions(),
  }
}

/** What was measured: the commit, and whether the tree held more than it. */
function commit() {
  try {
    const hash = git('rev-parse', '--short', 'HEAD')
    return git('status', '--porcelain', '--', 'server', 'shared') === '' ? hash : `${hash} with changes`
  } catch {
    return 'unknown'
  }
}

/** @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

/** @returns {Record<string, string>} */
function versions() {
  // Only a run beside other servers installs them.
  const peers = ['socket.io', 'ws', 'better-sse', 'express'].filter((name) =>
    existsSync(`${ROOT}bench/node_modules/${name}`),
  )
  const found = peers.map((name) => [name, versionIn(`bench/node_modules/${name}/package.json`)])
  return { yayin: versionIn('package.json'), ...Object.fromEntries(found) }
}

/** @param {string} path */
function versionIn(path) {
  return /** @type {{ version: string }} */ (JSON.parse(readFileSync(ROOT + path, 'utf8'))).version
}
