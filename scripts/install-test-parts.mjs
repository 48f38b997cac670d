import { existsSync } from 'node:fs'
import { run, say } from './run.mjs'
import {
  findCaddy,
  findChromium,
  findCurl,
  findFirefox,
  findHeadlessShell,
  findHaproxy,
  findNginx,
  findMosquitto,
  findNats,
  findOpenssl,
  findPgbouncer,
  findPhp,
  findPostgres,
  findPythonWebsockets,
  findRedis,
  findTurnServer,
} from './test-parts.mjs'

const PARTS = [
  { name: 'PostgreSQL', package: 'postgresql', find: findPostgres, tests: 'tests on a real PostgreSQL' },
  { name: 'Chromium', package: 'chromium', find: findChromium, tests: 'tests in a real browser' },
  {
    name: 'Chromium’s headless shell',
    package: 'chromium-headless-shell',
    find: () => findHeadlessShell() ?? process.env.CHROMIUM_PATH ?? null,
    tests: 'quick starts of a browser',
  },
  { name: 'Firefox', package: 'firefox-esr', find: findFirefox, tests: 'tests in a second browser' },
  { name: 'coturn', package: 'coturn', find: findTurnServer, tests: 'tests of calls by way of a TURN server' },
  { name: 'Mosquitto', package: 'mosquitto', find: findMosquitto, tests: 'tests with an MQTT broker' },
  { name: 'Redis', package: 'redis-server', find: findRedis, tests: 'tests of nodes that share a Redis' },
  { name: 'NATS', package: 'nats-server', find: findNats, tests: 'tests of nodes that share a NATS' },
  { name: 'OpenSSL', package: 'openssl', find: findOpenssl, tests: 'tests of a TURN server of the manual' },
  { name: 'PgBouncer', package: 'pgbouncer', find: findPgbouncer, tests: 'tests behind a database pooler' },
  { name: 'nginx', package: 'nginx-light', find: findNginx, tests: 'tests of the settings for nginx' },
  { name: 'Caddy', package: 'caddy', find: findCaddy, tests: 'tests of the settings for Caddy' },
  { name: 'HAProxy', package: 'haproxy', find: findHaproxy, tests: 'tests of the settings for HAProxy' },
  { name: 'curl', package: 'curl', find: findCurl, tests: 'the commands of README and guide' },
  { name: 'PHP', package: 'php-cli', find: findPhp, tests: 'the guide’s code in PHP' },
  {
    name: 'Python’s websockets',
    package: 'python3-websockets',
    find: findPythonWebsockets,
    tests: 'tests of a client in Python',
  },
]

/** Installs what the tests want beside npm's packages, where it may; says what is skipped where it may not. */
export async function installTestParts() {
  const missing = PARTS.filter((part) => part.find() === null)
  if (missing.length === 0) return
  if (mayInstall()) await install(missing.map((part) => part.package))
  for (const part of missing.filter(({ find }) => find() === null)) {
    say(`${part.name} is missing: no ${part.tests}. To get it on Debian: apt-get install ${part.package}`)
  }
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}

/** @param {string[]} packages */
async function install(packages) {
  say(`Installing ${packages.join(' and ')} from Debian for the tests.`)
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  if ((await run('apt-get', ['update', '-q'], options)) !== 0) return
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options)
}
