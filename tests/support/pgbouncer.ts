import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPgbouncer } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** Where PgBouncer lies on this machine; null without one, and tests that need it are skipped. */
export const pgbouncerPath = findPgbouncer()

/** A PgBouncer in transaction mode. Stop it when done. */
export interface Pgbouncer {
  /** The address of the database behind it. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts PgBouncer as Debian configures it, in transaction mode, before the database at `databaseUrl`. */
export async function startPgbouncer(databaseUrl: string): Promise<Pgbouncer> {
  if (pgbouncerPath === null) throw new Error('no PgBouncer on this machine')
  const target = new URL(databaseUrl)
  const dir = await mkdtemp(join(tmpdir(), 'yayin-pgbouncer-'))
  const port = await freePort()
  await writeFile(join(dir, 'users'), `"${target.username}" ""\n`)
  await writeFile(
    join(dir, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=${target.hostname} port=${target.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${join(dir, 'users')}`,
      'pool_mode = transaction',
      'max_client_conn = 200',
      // Fewer sessions than clients, so that clients meet other sessions all the time.
      'default_pool_size = 4',
      'logfile =',
    ].join('\n'),
  )
  await chmod(dir, 0o755)
  // It refuses to run as root.
  const identity = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn(pgbouncerPath, [...identity, join(dir, 'pgbouncer.ini')], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (child.pid === undefined) throw new Error('PgBouncer did not start')
  const release = guard(child.pid, dir)
  const exited = once(child, 'close')
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)))
  const up = () => {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended at start:\n${log}`)
    return log.includes('process up')
  }
  await until(up, { deadlineMs: 15_000, what: 'PgBouncer listens' })
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    async stop() {
      child.kill('SIGKILL')
      await exited
      release()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
