import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { relative } from 'node:path'
import type { RequestHandler } from 'express'
import { type Logger, pino } from 'pino'
import { compose, type Yayin } from './compose.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { untilStarted } from './patience.ts'
import { DataDirInUseError } from './store/data-dir-lock.ts'
import { VERSION } from './version.ts'

/** One Ctrl-C reaches a child of npm twice, from the terminal and from npm; within this time they count as one. */
const ONE_SIGNAL_MS = 250
/** A drain that takes longer is cut short. */
const DRAIN_LIMIT_MS = 9500
/** What comes after clients were moved may take this long, in milliseconds. */
const CLOSING_LIMIT_MS = 6000
const BACKLOG = 4096

/** Runs the server as this process: reads the configuration, listens, and drains on SIGTERM and SIGINT. */
export async function run(pages: (server: Server) => Promise<RequestHandler>): Promise<void> {
  const config = configure()
  // Figures and links for people go to standard output, the log to standard error.
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: false }))
  const yayin = await start(config, log, pages)
  drainOnSignal(yayin, config, log)
  yayin.started.catch((error: unknown) => {
    log.fatal({ err: error }, 'The server could not start')
    log.flush(() => process.exit(1))
  })
  await untilStarted(yayin, config)
  await listen(yayin.server, config)
  announce(yayin, config)
}

function configure(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return fail(error.message, 2)
  }
}

async function start(config: Config, log: Logger, pages: (server: Server) => Promise<RequestHandler>): Promise<Yayin> {
  try {
    return await compose(config, log, pages)
  } catch (error) {
    if (error instanceof DataDirInUseError) return fail(error.message, 1)
    if (error instanceof ConfigError) return fail(error.message, 2)
    throw error
  }
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

function announce(yayin: Yayin, config: Config): void {
  const url = urlOf(yayin.server, config.host)
  const lines = [`Yayın ${VERSION} is ready on ${url}`]
  const { apiKey, apiKeyIsNew, apiKeyGenerated, apiKeyPath } = yayin.secrets
  const keptIn = relative(process.cwd(), apiKeyPath)
  if (apiKeyIsNew) lines.push(`  API key   ${apiKey}   (kept in ${keptIn})`)
  else if (apiKeyGenerated) lines.push(`  API key   in ${keptIn}`)
  const code = yayin.signInCode()
  if (code !== null) lines.push(`  Sign in   ${config.publicUrl ?? url}/#code=${code}   (once, within 15 minutes)`)
  process.stdout.write(`${lines.join('\n')}\n`)
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}

function drainOnSignal(yayin: Yayin, { drainGraceMs, drainMs }: Config, log: Logger): void {
  const limitMs = Math.max(DRAIN_LIMIT_MS, drainGraceMs + drainMs + CLOSING_LIMIT_MS)
  let drainingSinceMs: number | null = null
  const onSignal = (signal: NodeJS.Signals) => {
    if (drainingSinceMs !== null) {
      if (performance.now() - drainingSinceMs < ONE_SIGNAL_MS) return
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    drainingSinceMs = performance.now()
    log.info({ signal }, 'Draining')
    setTimeout(() => process.exit(0), limitMs).unref()
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
