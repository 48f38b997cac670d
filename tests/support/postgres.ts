import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findPostgres } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** A throwaway PostgreSQL server in a temporary folder. */
export interface Postgres {
  /** The server's own database, for making others. */
  readonly url: string
  /** Makes an empty database and returns its address. */
  createDatabase(): Promise<string>
  /** Ends it as a power cut would; `restart` brings it back, on the same port with the same data. */
  kill9(): Promise<void>
  restart(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
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
  const dir = await mkdtemp(join(tmpdir(), 'yayin-postgres-'))
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
  const launch = () => launchPostgres(join(bin, 'postgres'), ['-D', data, '-k', dir, ...args], identity, dir)

  let current = await launch()
  return {
    url,
    createDatabase: () => createDatabase(url),
    kill9: () => current.end('SIGKILL'),
    async restart() {
      await current.end('SIGINT')
      current = await launch()
    },
    async stop() {
      // Immediate shutdown: nobody needs what it would still write.
      await current.end('SIGQUIT')
      await rm(dir, { recursive: true, force: true })
    },
  }
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

async function launchPostgres(program: string, args: string[], identity: Identity, dir: string) {
  const child = spawn(program, args, { ...identity, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)))
  if (child.pid === undefined) throw new Error(`${program} did not start`)
  const release = guard(child.pid, dir)
  const ready = () => {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended at start:\n${log}`)
    return log.includes('ready to accept connections')
  }
  await until(ready, { deadlineMs: 30_000, what: 'PostgreSQL accepts connections' })
  return { end: (signal: NodeJS.Signals) => end(child, exited, signal).finally(release) }
}

async function end(child: ChildProcess, exited: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  await exited
}
