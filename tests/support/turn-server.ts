import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTurnServer } from '../../scripts/test-parts.mjs'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** Where coturn lies on this machine; null without one, and tests that need it are skipped. */
export const turnServerPath = findTurnServer()

/** A coturn of a test's own. Stop it when done. */
export interface TurnServer {
  /** `turn:…`, for `TURN_URLS`. */
  readonly url: string
  /** For `TURN_SECRET`. */
  readonly secret: string
  /** All that it has said. */
  logs(): string
  stop(): Promise<void>
}

const SECRET = 'a-secret-of-the-tests'

/** Starts coturn with time-limited credentials; resolves once it listens. */
export async function startTurnServer(): Promise<TurnServer> {
  if (turnServerPath === null) throw new Error('no coturn on this machine')
  const dir = await mkdtemp(join(tmpdir(), 'yayin-turn-'))
  const address = ownAddress()
  const port = await freeUdpPort(address)
  const options = [
    ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--allow-loopback-peers', '--log-file', 'stdout', '--verbose'],
    ...['--listening-ip', address, '--relay-ip', address, '--listening-port', String(port)],
    ...['--use-auth-secret', '--static-auth-secret', SECRET, '--realm', 'yayin.test'],
    ...['--pidfile', join(dir, 'pid'), '--userdb', join(dir, 'db')],
  ]
  const child = spawn(turnServerPath, options, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid === undefined) throw new Error('coturn did not start')
  const release = guard(child.pid, dir)
  const exited = once(child, 'close')
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text))
  await until(() => log.includes('UDP listener opened'), { deadlineMs: 15_000, what: 'coturn listens' })
  return {
    url: `turn:${address}:${port}`,
    secret: SECRET,
    logs: () => log,
    async stop() {
      child.kill('SIGKILL')
      await exited
      release()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** An address of this machine that browsers use as their own too. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
}

async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket('udp4').bind(0, address)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}
