import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPgbouncer } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** Where PgBouncer lies on this machine; null without one, and tests that need it are skipped. */
export const pgbouncerPath = findPgbouncer()

/** A PgBouncer in transaction mode. Stop it when done. */
export interface Pgbouncer extends Program {
  /** The address of the database behind it. */
  readonly url: string
}

/** Starts PgBouncer as Debian configures it, in transaction mode, before the database at `databaseUrl`. */
export async function startPgbouncer(databaseUrl: string): Promise<Pgbouncer> {
  if (pgbouncerPath === null) throw new Error('no PgBouncer on this machine')
  const target = new URL(databaseUrl)
  const dir = await makeProgramDir('pgbouncer')
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
  const args = [...identity, join(dir, 'pgbouncer.ini')]
  const program = await startProgram({ name: 'PgBouncer', path: pgbouncerPath, args, dir, ready: /process up/ })
  const url = Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href
  return { ...program, url }
}
