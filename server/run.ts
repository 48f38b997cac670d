import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sep } from 'node:path'
import type { RequestHandler } from 'express'
import { type Logger, pino } from 'pino'
import { announce, announceSignIn } from './announce.ts'
import { compose, type Yayin } from './compose.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { stopLimitMs } from './drain.ts'
import { untilStarted } from './patience.ts'
import { DataDirInUseError } from './store/data-dir-lock.ts'
import { superviseWorkers, tellReady, workerSlot } from './workers.ts'

/** One Ctrl-C reaches a child of npm twice, from the terminal and from npm; within this time they count as one. */
const ONE_SIGNAL_MS = 250
const BACKLOG = 4096

type Pages = (server: Server) => Promise<RequestHandler>

/**
 * Runs the server as this process: reads the configuration, listens, and drains on SIGTERM and SIGINT. With `WORKERS` it
 * runs `entry`, a file that calls this, in several processes instead; without one there is always this process alone.
 */
export async function run(pages: Pages, entry?: string): Promise<void> {
  const config = configure()
  const slot = workerSlot()
  const base = slot === null ? null : { worker: slot }
  // Figures and links for people go to standard output, the log to standard error.
  const log = pino({ level: config.logLevel, base }, pino.destination({ fd: 2, sync: false }))
  if (slot === null && entry !== undefined && config.workers > 1) {
    return superviseWorkers(config, entry, log).catch((error: unknown) => failStart(error, config))
  }
  const yayin = await start(config, log, pages, slot)
  drainOnSignal(yayin, config, log)
  yayin.started.catch((error: unknown) => {
    log.fatal({ err: error }, 'The server could not start')
    log.flush(() => process.exit(1))
  })
  await untilStarted(yayin, config)
  await listen(yayin.server, config)
  const { secrets } = yayin
  const url = urlOf(yayin.server, config.host)
  const signInCode = yayin.signInCode()
  if (slot === null) announce({ url, secrets, signInCode, config })
  else tellReady({ url, signInCode })
  if (signInCode !== null || config.admin.password !== null) return
  // It serves without its database, which knows the admin; a start that fails is told elsewhere.
  await yayin.started.catch(() => undefined)
  const later = yayin.signInCode()
  if (later === null) return
  if (slot === null) announceSignIn({ url, signInCode: later, config })
  else tellReady({ url, signInCode: later })
}

function configure(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return fail(error.message, 2)
  }
}

async function start(config: Config, log: Logger, pages: Pages, slot: number | null): Promise<Yayin> {
  try {
    return await compose(config, log, pages, slot ?? 1)
  } catch (error) {
    return failStart(error, config)
  }
}

/** Ends with one plain line where whoever started it can mend the cause; others are thrown on. */
function failStart(error: unknown, { dataDir }: Config): never {
  if (error instanceof DataDirInUseError) fail(error.message, 1)
  if (error instanceof ConfigError) fail(error.message, 2)
  const code = codeAlong(dataDir, error)
  if (code !== null) fail(`DATA_DIR is ${JSON.stringify(dataDir)}; allowed: a folder to write to (${code})`, 2)
  throw error
}

/** Returns the system's code of an error that happened to `folder`, in it or above it; null for another error. */
function codeAlong(folder: string, error: unknown): string | null {
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  if (code === undefined || typeof path !== 'string') return null
  return path.startsWith(folder) || folder.startsWith(`${path}${sep}`) ? code : null
}

function fail(message: string, exitCode: number): never {
  process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') fail(`PORT=${port}: another program listens on ${host}:${port} already`, 1)
      fail(`HOST=${host}, PORT=${port}: cannot listen there (${error.code ?? error.message})`, 1)
    })
    server.listen({ host, port, backlog: BACKLOG }, resolve)
  })
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}

function drainOnSignal(yayin: Yayin, config: Config, log: Logger): void {
  let drainingSinceMs: number | null = null
  const onSignal = (signal: NodeJS.Signals) => {
    if (drainingSinceMs !== null) {
      if (performance.now() - drainingSinceMs < ONE_SIGNAL_MS) return
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    drainingSinceMs = performance.now()
    log.info({ signal }, 'Draining')
    setTimeout(() => process.exit(0), stopLimitMs(config)).unref()
    yayin.drain().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The drain failed')
        log.flush(() => process.exit(1))
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
