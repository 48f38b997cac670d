import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNats } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** Where NATS's server lies on this machine; null without one, and tests that need it are skipped. */
export const natsPath = findNats()

/** A NATS with JetStream of a test's own. Stop it when done. */
export interface NatsServer {
  readonly name: string
  readonly port: number
  /** SIGKILL, after which `restart` brings it back on the same port with what it has on the disk. */
  kill9(): Promise<void>
  restart(): Promise<void>
  /** Stops it in mid-work, as a machine that hangs; `thaw` lets it go on. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

interface Options {
  name?: string
  /** Lines of its configuration. */
  config?: readonly string[]
}

/** Starts a NATS; resolves once it takes connections. */
export async function startNats({ name = 'alone', config = [] }: Options = {}): Promise<NatsServer> {
  if (natsPath === null) throw new Error('no NATS on this machine')
  const program = natsPath
  const dir = await mkdtemp(join(tmpdir(), 'yayin-nats-'))
  const port = await freePort()
  const file = join(dir, 'nats.conf')
  const own = [`server_name: ${name}`, `listen: "127.0.0.1:${port}"`, `jetstream { store_dir: "${dir}" }`]
  await writeFile(file, [...own, ...config, ''].join('\n'))

  let current = await launch(program, file, dir)
  return {
    name,
    port,
    kill9: () => current.end(),
    async restart() {
      await current.end()
      current = await launch(program, file, dir)
    },
    freeze: () => void current.child.kill('SIGSTOP'),
    thaw: () => void current.child.kill('SIGCONT'),
    async stop() {
      await current.end()
      await rm(dir, { recursive: true, force: true })
    },
  }
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

async function launch(program: string, file: string, dir: string) {
  const child = spawn(program, ['-c', file], { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  if (child.pid === undefined) throw new Error('NATS did not start')
  const release = guard(child.pid, dir)
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)))
  const ready = () => {
    if (child.exitCode !== null) throw new Error(`NATS ended at start:\n${log}`)
    return log.includes('Server is ready')
  }
  await until(ready, { deadlineMs: 15_000, what: 'NATS accepts connections' })
  return { child, end: () => end(child, exited).finally(release) }
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await exited
}
