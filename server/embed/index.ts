import type { Server } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import { join } from 'node:path'
import { pino } from 'pino'
import { compose, type Yayin } from '../compose.ts'
import { builtLibrary, builtPages } from '../pages.ts'
import { untilStarted } from '../patience.ts'
import { attachUpgrades } from './attach.ts'
import { type HubOptions, toConfig } from './options.ts'
import { createHubRouter, type HubRouter } from './router.ts'

export type { HubOptions } from './options.ts'
export type { HubRouter } from './router.ts'

/** Where a published message went. */
export interface Published {
  /** Its position in the log; absent when it was ephemeral. */
  id?: string | undefined
  channel: string
  /** ISO 8601 with milliseconds. */
  timestamp: string
  /** Connections of this process that it was handed to. */
  recipients: number
}

export interface PublishOptions {
  /** Delivered now and kept nowhere: it has no id, and whoever is away misses it. */
  ephemeral?: boolean
  /** Not to the connection with this id. */
  exclude?: string
  /** The same key within five minutes publishes once. */
  idempotencyKey?: string
}

export interface TokenOptions {
  /** The user's id in the app. */
  sub: string
  /** For others to see. */
  name?: string
  /** Patterns of channels that they may follow, and publish to. */
  subscribe?: readonly string[]
  publish?: readonly string[]
  /** One hour if absent. */
  expiresInSeconds?: number
}

/** A hub that lives in an app's own process. Close it when done. */
export interface EmbeddedHub {
  /** For `app.use(hub.router)`, or below a path: `app.use('/realtime', hub.router)`. */
  readonly router: HubRouter
  /** Takes WebSockets on an app's server, at `/ws` below the path that the router was mounted at; returns how to stop. */
  attach(server: Server | SecureServer, path?: string): () => void
  /** Publishes with every right; resolves once it is durable. Rejects with a YayinError (`code`). */
  publish(channel: string, message: object, options?: PublishOptions): Promise<Published>
  /** Makes an end user's token. */
  createToken(options: TokenOptions): Promise<{ token: string; expiresAt: Date }>
  /** The key with every scope: as configured, or as it was made at the first start and is kept in `dataDir`. */
  readonly apiKey: string
  /** Makes a code to sign in to the dashboard with, once: `/#code=…`; null when the admin has a password. */
  createSignInCode(): string | null
  /** Resolves when everything runs; requests are answered with 503 until then. Rejects when it can't. */
  readonly ready: Promise<void>
  /** Tells clients to come again, makes durable what was accepted, and lets go of everything; also when called twice. */
  close(): Promise<void>
}

/**
 * Starts a hub for an Express app to mount. It listens nowhere, hears no signals, ends no process and prints nothing.
 * Resolves when it runs, or after three seconds without its PostgreSQL, which it goes on waiting for.
 * @throws ConfigError for a wrong option; DataDirInUseError while another process, or hub, has the data
 */
export async function createHub(options: HubOptions = {}): Promise<EmbeddedHub> {
  const config = toConfig(options)
  const client = join(import.meta.dirname, '../../client')
  const pages = options.dashboard ? builtPages(client) : builtLibrary(client)
  const yayin = await compose(config, options.logger ?? silentLogger(), () => Promise.resolve(pages))
  await untilStarted(yayin, config)
  return handleOf(yayin, options.dashboard ?? false)
}

/** Without a stream of its own it would take standard output, and listen for the end of the process. */
function silentLogger() {
  return pino({ level: 'silent' }, { write: () => undefined })
}

function handleOf(yayin: Yayin, dashboard: boolean): EmbeddedHub {
  const { server, secrets, started } = yayin
  const attached = new Set<() => void>()
  let closed: Promise<void> | null = null
  return {
    router: createHubRouter((req, res) => void server.emit('request', req, res), dashboard),
    attach(host, path = '') {
      const detach = attachUpgrades(host, path, (...upgrade) => void server.emit('upgrade', ...upgrade))
      attached.add(detach)
      return detach
    },
    publish: (channel, message, { idempotencyKey, exclude, ephemeral = false } = {}) =>
      yayin.publishOne(CALLER, message, { channel, ephemeral, exclude: exclude ?? null, idempotencyKey }),
    createToken: ({ expiresInSeconds = 3600, ...claims }) => yayin.makeToken({ ...claims, expiresInSeconds }),
    apiKey: secrets.apiKey,
    createSignInCode: yayin.signInCode,
    ready: started,
    close() {
      for (const detach of attached) detach()
      return (closed ??= yayin.drain())
    },
  }
}

/** The app that the hub lives in may do everything. */
const CALLER = {
  kind: 'key',
  id: 'app',
  name: 'the app itself',
  scopes: ['publish', 'subscribe', 'rooms', 'tokens', 'admin'],
  channels: null,
  expiresAt: null,
} as const
