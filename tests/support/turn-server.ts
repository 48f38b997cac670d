import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { findTurnServer } from '../../scripts/test-parts.mjs'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** Where coturn lies on this machine; null without one, and tests that need it are skipped. */
export const turnServerPath = findTurnServer()

/** A coturn of a test's own. Stop it when done. */
export interface TurnServer extends Program {
  /** `turn:…`, for `TURN_URLS`. */
  readonly url: string
  /** For `TURN_SECRET`. */
  readonly secret: string
}

const SECRET = 'a-secret-of-the-tests'

/** Starts coturn with time-limited credentials; resolves once it listens. */
export async function startTurnServer(): Promise<TurnServer> {
  if (turnServerPath === null) throw new Error('no coturn on this machine')
  const dir = await makeProgramDir('turn')
  const address = ownAddress()
  const port = await freeUdpPort(address)
  const args = [
    ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--allow-loopback-peers', '--log-file', 'stdout', '--verbose'],
    ...['--listening-ip', address, '--relay-ip', address, '--listening-port', String(port)],
    ...['--use-auth-secret', '--static-auth-secret', SECRET, '--realm', 'yayin.test'],
    ...['--pidfile', join(dir, 'pid'), '--userdb', join(dir, 'db')],
  ]
  const ready = /UDP listener opened/
  const program = await startProgram({ name: 'coturn', path: turnServerPath, args, dir, ready })
  return { ...program, url: `turn:${address}:${port}`, secret: SECRET }
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
