import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findRedis } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** Where Redis lies on this machine; null without one, and tests that need it are skipped. */
export const redisPath = findRedis()

/** A Redis, or one of its sentinels, of a test's own. Stop it when done. */
export interface RedisServer extends Program {
  readonly port: number
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
  const dir = await makeProgramDir('redis')
  const port = await freePort()
  const file = join(dir, 'redis.conf')
  // What the kernel has outlives a kill, and no test cuts the power.
  const own = isSentinel ? [] : ['save ""', 'appendonly yes', 'appendfsync no', 'repl-diskless-sync-delay 0']
  await writeFile(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${dir}`, ...own, ...config, ''].join('\n'))
  const args = isSentinel ? [file, '--sentinel'] : [file]
  const ready = /Ready to accept connections|Sentinel ID is|\+monitor/
  return { ...(await startProgram({ name: 'Redis', path: redisPath, args, dir, ready })), port }
}
