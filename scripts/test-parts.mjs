import { accessSync, constants, readdirSync } from 'node:fs'
import { join } from 'node:path'

const POSTGRES_ROOT = '/usr/lib/postgresql'

/**
 * Returns the folder of the newest PostgreSQL server's programs on this machine, or null.
 * @returns {string | null}
 */
export function findPostgres() {
  const installed = namesIn(POSTGRES_ROOT)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_ROOT, version, 'bin'))
  const onPath = (process.env.PATH ?? '').split(':').filter((dir) => dir !== '')
  return [...installed, ...onPath].find((dir) => runs(join(dir, 'initdb')) && runs(join(dir, 'postgres'))) ?? null
}

/**
 * Returns the path of Chromium or Chrome on this machine, or null. CHROMIUM_PATH goes first.
 * @returns {string | null}
 */
export function findChromium() {
  return findProgram(
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    process.env.CHROMIUM_PATH,
  )
}

/**
 * Returns the path of Chromium without a browser's window around its pages, which starts and draws at a third of the
 * cost, or null. It has no devices to ask a person for.
 * @returns {string | null}
 */
export function findHeadlessShell() {
  return findProgram(['chromium-headless-shell'])
}

/**
 * Returns the path of Firefox on this machine, or null. FIREFOX_PATH goes first.
 * @returns {string | null}
 */
export function findFirefox() {
  return findProgram(['firefox-esr', 'firefox'], process.env.FIREFOX_PATH)
}

/**
 * Returns the path of coturn's server on this machine, or null.
 * @returns {string | null}
 */
export function findTurnServer() {
  return findProgram(['turnserver'])
}

/**
 * Returns the path of Mosquitto, the MQTT broker, on this machine, or null.
 * @returns {string | null}
 */
export function findMosquitto() {
  return findProgram(['mosquitto'], '/usr/sbin/mosquitto')
}

/**
 * Returns the path of Redis's server on this machine, or null.
 * @returns {string | null}
 */
export function findRedis() {
  return findProgram(['redis-server'])
}

/**
 * Returns the path of NATS's server on this machine, or null.
 * @returns {string | null}
 */
export function findNats() {
  return findProgram(['nats-server'])
}

/**
 * Returns the path of OpenSSL's program on this machine, or null.
 * @returns {string | null}
 */
export function findOpenssl() {
  return findProgram(['openssl'])
}

/**
 * Returns the path of PgBouncer on this machine, or null.
 * @returns {string | null}
 */
export function findPgbouncer() {
  return findProgram(['pgbouncer'])
}

/**
 * Returns the path of nginx on this machine, or null.
 * @returns {string | null}
 */
export function findNginx() {
  return findProgram(['nginx'])
}

/**
 * Returns the path of Caddy on this machine, or null.
 * @returns {string | null}
 */
export function findCaddy() {
  return findProgram(['caddy'])
}

/**
 * Returns the path of HAProxy on this machine, or null.
 * @returns {string | null}
 */
export function findHaproxy() {
  return findProgram(['haproxy'])
}

/**
 * Returns the path of a Python that has the package `websockets`, or null. Debian's own Python, since that is the one
 * that Debian's package is for.
 * @returns {string | null}
 */
export function findPythonWebsockets() {
  const python = '/usr/bin/python3'
  return runs(python) && namesIn('/usr/lib/python3/dist-packages').includes('websockets') ? python : null
}

/**
 * Returns the path of curl on this machine, or null.
 * @returns {string | null}
 */
export function findCurl() {
  return findProgram(['curl'])
}

/**
 * Returns the path of PHP's command line on this machine, or null.
 * @returns {string | null}
 */
export function findPhp() {
  return findProgram(['php'])
}

/** @param {string[]} names the first one that is there counts @param {string} [path] goes before them */
function findProgram(names, path = '') {
  const dirs = ['/usr/bin', '/usr/sbin', ...(process.env.PATH ?? '').split(':').filter((dir) => dir !== '')]
  const candidates = [path, ...names.flatMap((name) => dirs.map((dir) => join(dir, name)))]
  return candidates.find((candidate) => candidate !== '' && runs(candidate)) ?? null
}

/** @param {string} dir */
function namesIn(dir) {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
