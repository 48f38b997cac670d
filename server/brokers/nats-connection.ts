import { jetstream, type JetStreamClient, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import type { Logger } from 'pino'
import type { NatsAddress } from './nats-address.ts'

/** Pause between two tries to connect, in milliseconds. */
const RETRY_MS = 250
/** A server that answers no ping for twice this time is left for another one. */
const PING_EVERY_MS = 2000
/** How long a question to the servers may go without an answer, in milliseconds. */
export const ANSWER_MS = 2000

/** How long the making of a reader may go without an answer, in milliseconds. */
const PLACE_MS = 750
/** How often a reader is tried to be made. */
const PLACE_TRIES = 6

/** A connection that stands. */
export interface NatsLink {
  nc: NatsConnection
  /** For publishing, and for readers that stay; see {@link placed}. */
  js: JetStreamClient
  jsm: JetStreamManager
  /** For readers that do not stay; see {@link placed}. */
  readers: JetStreamManager['consumers']
}

/**
 * Makes a reader: tries again at once where nobody answers, since a cluster that has just lost a server gives some of
 * them to that one.
 */
export async function placed<T>(make: () => Promise<T>): Promise<T> {
  for (let i = 1; ; i++) {
    try {
      return await make()
    } catch (error) {
      if (i === PLACE_TRIES || !(error instanceof Error && error.name === 'TimeoutError')) throw error
    }
  }
}

/** The connection to NATS, made again whenever that is needed. */
export interface NatsConnector {
  /** Resolves with the connection while it stands; rejects after two seconds otherwise. */
  link(): Promise<NatsLink>
  /** The connection while it stands, else null. */
  current(): NatsLink | null
  /** Calls `onOpen` each time that the connection has been made; at once if it stands. Returns how to stop. */
  onOpen(listener: (link: NatsLink) => void): () => void
  close(): Promise<void>
}

/** Begins to connect to a NATS, for as long as it takes. */
export function connectNats(address: NatsAddress, log: Logger): NatsConnector {
  const listeners = new Set<(link: NatsLink) => void>()
  let state: 'away' | 'open' | 'closed' = 'away'
  let made: NatsLink | null = null

  function isOpen(link: NatsLink): void {
    if (state === 'closed') return
    state = 'open'
    for (const listener of listeners) listener(link)
  }

  function isAway(): void {
    if (state === 'open') state = 'away'
  }

  async function watch(link: NatsLink): Promise<void> {
    for await (const { type } of link.nc.status()) {
      if (type === 'disconnect') {
        log.warn('The connection to NATS broke')
        isAway()
      }
      if (type === 'reconnect') isOpen(link)
    }
  }

  async function run(): Promise<void> {
    while (state !== 'closed') {
      try {
        const nc = await open(address)
        made = await linkOver(nc)
        isOpen(made)
        void watch(made)
        const error = await nc.closed()
        if (error) log.warn({ err: error }, 'The connection to NATS was closed')
      } catch (err) {
        log.debug({ err }, 'NATS could not be reached')
      }
      isAway()
      made = null
      if (!isClosed()) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
  const isClosed = () => state === 'closed'
  void run()

  function onOpen(listener: (link: NatsLink) => void): () => void {
    listeners.add(listener)
    if (state === 'open' && made !== null) listener(made)
    return () => void listeners.delete(listener)
  }

  return {
    onOpen,
    current: () => (state === 'open' ? made : null),
    link: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          stop()
          reject(new Error(`NATS was not there for ${ANSWER_MS} ms`))
        }, ANSWER_MS)
        const stop = onOpen((link) => {
          clearTimeout(timer)
          queueMicrotask(() => stop())
          resolve(link)
        })
      }),
    async close() {
      state = 'closed'
      await made?.nc.close()
    },
  }
}

async function linkOver(nc: NatsConnection): Promise<NatsLink> {
  const quick = { timeout: PLACE_MS, checkAPI: false }
  const jsm = await jetstreamManager(nc, { timeout: ANSWER_MS, checkAPI: false })
  return { nc, js: jetstream(nc, quick), jsm, readers: (await jetstreamManager(nc, quick)).consumers }
}

function open(address: NatsAddress): Promise<NatsConnection> {
  return connect({
    ...address,
    name: 'yayin',
    timeout: ANSWER_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    pingInterval: PING_EVERY_MS,
    maxPingOut: 2,
    noAsyncTraces: true,
    // A server that comes back may refuse for a moment what it knew before.
    ignoreAuthErrorAbort: true,
  })
}
