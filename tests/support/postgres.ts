import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findPostgres } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** A throwaway PostgreSQL server in a temporary folder. */
export interface Postgres extends Program {
  /** The server's own database, for making others. */
  readonly url: string
  /** Makes an empty database and returns its address. */
  createDatabase(): Promise<string>
}

interface Options {
  /** Whether commits wait for the disk. Off unless a test measures it. */
  fsync?: boolean
}

interface Identity {
  uid?: number
  gid?: number
}

const run = promisify(execFile)

/** Starts a PostgreSQL server of its own; null on a machine without one. */
export async function startPostgres({ fsync = false }: Options = {}): Promise<Postgres | null> {
  const bin = findPostgres()
  if (bin === null) return null
  const identity = await databaseIdentity()
  const dir = await makeProgramDir('postgres')
  if (identity.uid !== undefined && identity.gid !== undefined) await chown(dir, identity.uid, identity.gid)
  const data = join(dir, 'data')
  const form = [
    '--no-sync',
    '--no-instructions',
    '--auth=trust',
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ]
  await run(join(bin, 'initdb'), [...form, `--pgdata=${data}`], { ...identity, cwd: dir })

  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const settings = { port, fsync, full_page_writes: fsync, listen_addresses: '127.0.0.1', max_connections: 200 }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = await startProgram({
    name: 'PostgreSQL',
    path: join(bin, 'postgres'),
    args: ['-D', data, '-k', dir, ...args],
    dir,
    identity,
    ready: /ready to accept connections/,
    // Immediate shutdown for good: nobody needs what it would still write.
    signals: { end: 'SIGINT', stop: 'SIGQUIT' },
  })
  return { ...program, url, createDatabase: () => createDatabase(url) }
}

/** Makes an empty database on the server at `serverUrl` and returns its address. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  } finally {
    await client.end()
  }
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
}

/** PostgreSQL refuses to run as root: then it runs as Debian's user for it, or as nobody. */
async function databaseIdentity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {}
  const accounts = await readFile('/etc/passwd', 'utf8')
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(accounts) ?? ['', '65534', '65534']
  return { uid: Number(uid), gid: Number(gid) }
}
