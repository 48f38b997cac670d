import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { VARIABLES } from '../../server/config-variables.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** The built server. */
export const ENTRY = fileURLToPath(new URL('../../dist/server/index.js', import.meta.url))
const START_DEADLINE_MS = 30_000
const STOP_DEADLINE_MS = 15_000

/** The built server, running as a process of its own. Stop it when done. */
export interface TestServer {
  readonly url: string
  readonly port: number
  readonly apiKey: string
  readonly adminEmail: string
  readonly hasPassword: boolean
  /** Throws where the server was started without one. */
  readonly adminPassword: string
  readonly dataDir: string
  readonly pid: number
  /** Everything that it has printed, over all restarts. */
  logs(): string
  kill(signal: NodeJS.Signals): void
  /** Resolves with the exit code of the present process; null when a signal ended it. */
  exited(): Promise<number | null>
  /** SIGTERM; resolves with the exit code, and removes the data folder unless it was given. */
  stop(): Promise<number | null>
  /** Ends what still runs with `signal` (SIGTERM by default) and starts it on the same port and data. */
  restart(options?: { signal?: NodeJS.Signals; env?: Record<string, string> }): Promise<void>
}

/** How a server is started. */
export interface ServerOptions {
  env?: Record<string, string>
  /** Kept at stop; without it a temporary one. */
  dataDir?: string
  databaseUrl?: string
  /** Whether the first admin has a password; hashing it takes a quarter of a second of the processor's time. */
  hasPassword?: boolean
  /** Whether the database is away, and will be when the server says that it is ready. */
  isAway?: boolean
}

/** Starts the built server on a free port; resolves once it has printed that it is ready. */
export async function startServer({
  env = {},
  dataDir,
  databaseUrl,
  hasPassword = false,
  isAway = false,
}: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync(ENTRY)) throw new Error('dist/server/index.js is not there; run `npm run build` first')
  const own = await mkdtemp(join(tmpdir(), 'yayin-server-'))
  const folder = dataDir ?? join(own, 'data')
  const settings: Record<string, string> = {
    PORT: '0',
    DATA_DIR: folder,
    API_KEY: `yk_test_${randomBytes(12).toString('hex')}`,
    ADMIN_EMAIL: 'admin@example.org',
    ADMIN_PASSWORD: hasPassword ? randomBytes(12).toString('hex') : '',
    STUN_URLS: '',
    // No balancer has to take note.
    DRAIN_GRACE_SECONDS: '0',
    // What a killed server leaves in its temporary folder goes with the rest.
    TMPDIR: own,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...env,
  }
  // The first one, whatever a restart sets.
  const adminPassword = settings.ADMIN_PASSWORD
  let log = ''
  const print = (text: string) => (log += text)
  let current = await launch(settings, own, print)
  if (settings.DATABASE_URL && !isAway) await databaseTaken(current.url)
  settings.PORT = String(current.port)

  return {
    url: current.url,
    port: current.port,
    apiKey: settings.API_KEY ?? '',
    adminEmail: settings.ADMIN_EMAIL ?? '',
    hasPassword,
    get adminPassword() {
      if (!adminPassword) throw new Error('the server was started without `hasPassword`')
      return adminPassword
    },
    dataDir: folder,
    get pid() {
      return current.pid
    },
    logs: () => log,
    kill: (signal) => current.child.kill(signal),
    exited: () => current.exited,
    async stop() {
      const code = await end(current, 'SIGTERM')
      await rm(own, { recursive: true, force: true })
      return code
    },
    async restart({ signal = 'SIGTERM', env: changes = {} } = {}) {
      await end(current, signal)
      current = await launch(Object.assign(settings, changes), own, print)
      if (settings.DATABASE_URL && !isAway) await databaseTaken(current.url)
    },
  }
}

interface Running {
  child: ChildProcess
  pid: number
  url: string
  port: number
  exited: Promise<number | null>
  release: () => void
}

async function launch(
  settings: Record<string, string>,
  ownDir: string,
  print: (text: string) => void,
): Promise<Running> {
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...cleanEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      print(text)
      if (url === undefined) printed += text
    })
  }
  const exited = once(child, 'close').then(([code]) => code as number | null)
  let url: string | undefined
  if (child.pid === undefined) throw new Error('the server did not start')
  const release = guard(child.pid, ownDir)
  const ready = () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended at start:\n${printed}`)
    return readyUrl(printed)
  }
  try {
    url = await until(ready, { deadlineMs: START_DEADLINE_MS, everyMs: 5, what: 'the server is ready' })
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`the server did not get ready:\n${printed}`, { cause: error })
  }
  return { child, pid: child.pid, url, port: Number(new URL(url).port), exited, release }
}

/** A server says that it is ready when its database lets it wait too long; on a busy machine that is a matter of seconds. */
async function databaseTaken(url: string): Promise<void> {
  const isTaken = async () => (await fetch(`${url}/readyz`)).ok
  await until(isTaken, { deadlineMs: 20_000, everyMs: 20, what: 'the database is there' })
}

/** Finds the URL in the line that says `ready`, once that line is whole. */
function readyUrl(printed: string): string | undefined {
  const lines = printed.split('\n').slice(0, -1)
  const line = lines.find((text) => /\bready\b/i.test(text) && text.includes('http'))
  return line && /https?:\/\/[^\s"'/]+/.exec(line)?.[0]
}

/** What the tests' own environment says about the server must not reach it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !Object.hasOwn(VARIABLES, name)))
}

async function end({ child, exited, release }: Running, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  const late = delay(STOP_DEADLINE_MS, 'late' as const, { ref: false })
  const outcome = await Promise.race([exited, late])
  if (outcome === 'late') {
    child.kill('SIGKILL')
    await exited
  }
  release()
  if (outcome === 'late') throw new Error(`the server did not end within ${STOP_DEADLINE_MS} ms of ${signal}`)
  return outcome
}
