import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findNats } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** Where NATS's server lies on this machine; null without one, and tests that need it are skipped. */
export const natsPath = findNats()

/** A NATS with JetStream of a test's own. Stop it when done. */
export interface NatsServer extends Program {
  readonly name: string
  readonly port: number
}

interface Options {
  name?: string
  /** Lines of its configuration. */
  config?: readonly string[]
}

/** Starts a NATS; resolves once it takes connections. */
export async function startNats({ name = 'alone', config = [] }: Options = {}): Promise<NatsServer> {
  if (natsPath === null) throw new Error('no NATS on this machine')
  const dir = await makeProgramDir('nats')
  const port = await freePort()
  const file = join(dir, 'nats.conf')
  const own = [`server_name: ${name}`, `listen: "127.0.0.1:${port}"`, `jetstream { store_dir: "${dir}" }`]
  await writeFile(file, [...own, ...config, ''].join('\n'))

  const program = await startProgram({
    name: 'NATS',
    path: natsPath,
    args: ['-c', file],
    dir,
    ready: /Server is ready/,
  })
  return { ...program, name, port }
}

/** Starts several that are one cluster; a stream with copies on most of them outlives any one. */
export async function startNatsCluster(count: number): Promise<NatsServer[]> {
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const routes = ports.map((port) => `"nats://127.0.0.1:${port}"`).join()
  return Promise.all(
    ports.map((port, i) => {
      const cluster = `cluster { name: test, listen: "127.0.0.1:${port}", routes: [${routes}] }`
      return startNats({ name: `n${i + 1}`, config: [cluster] })
    }),
  )
}
