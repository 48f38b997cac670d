import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRedis } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** Where Redis lies on this machine; null without one, and tests that need it are skipped. */
export const redisPath = findRedis()

/** A Redis, or one of its sentinels, of a test's own. Stop it when done. */
export interface RedisServer {
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
  /** Lines of its configuration. */
  config?: readonly string[]
  /** Whether it is a sentinel. */
  isSentinel?: boolean
}

/** Starts a Redis that keeps an append-only file; resolves once it takes connections. */
export async function startRedis({ config = [], isSentinel = false }: Options = {}): Promise<RedisServer> {
  if (redisPath === null) throw new Error('no Redis on this machine')
  const program = redisPath
  const dir = await mkdtemp(join(tmpdir(), 'yayin-redis-'))
  const port = await freePort()
  const file = join(dir, 'redis.conf')
  // What the kernel has outlives a kill, and no test cuts the power.
  const own = isSentinel ? [] : ['save ""', 'appendonly yes', 'appendfsync no', 'repl-diskless-sync-delay 0']
  await writeFile(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${dir}`, ...own, ...config, ''].join('\n'))
  const args = isSentinel ? [file, '--sentinel'] : [file]

  let current = await launch(program, args, dir)
  return {
    port,
    kill9: () => current.end(),
    async restart() {
      await current.end()
      current = await launch(program, args, dir)
    },
    freeze: () => void current.child.kill('SIGSTOP'),
    thaw: () => void current.child.kill('SIGCONT'),
    async stop() {
      await current.end()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function launch(program: string, args: string[], dir: string) {
  const child = spawn(program, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  if (child.pid === undefined) throw new Error('Redis did not start')
  const release = guard(child.pid, dir)
  let log = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)))
  const ready = () => {
    if (child.exitCode !== null) throw new Error(`Redis ended at start:\n${log}`)
    return /Ready to accept connections|Sentinel ID is|\+monitor/.test(log)
  }
  await until(ready, { deadlineMs: 15_000, what: 'Redis accepts connections' })
  return { child, end: () => end(child, exited).finally(release) }
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await exited
}
