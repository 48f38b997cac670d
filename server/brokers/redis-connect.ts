import { Cluster, Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { RedisAddress } from './redis-url.ts'

export type RedisClient = Redis | Cluster

/** How long a command may take; a read that waits for messages waits for a second. */
const COMMAND_TIMEOUT_MS = 4000
const CONNECT_TIMEOUT_MS = 3000
const MAX_RETRY_MS = 500
const KEEP_ALIVE_MS = 10_000

/**
 * Connects, and again whenever the connection breaks. A command is sent once or rejected, never again after a broken
 * connection, and never kept for later: a publisher is told at once, and an append is not made twice.
 */
export function connectRedis(address: RedisAddress, name: string, log: Logger): RedisClient {
  const client = address.kind === 'cluster' ? toCluster(address, name) : toServer(address, name)
  // Told by each command that fails, too; an event without a listener would be printed.
  client.on('error', (err: unknown) => log.debug({ err, name }, 'A connection to Redis broke'))
  return client
}

function toServer(address: RedisAddress, name: string): Redis {
  const { kind, hosts, username, primary, sentinelPassword, tls, db } = address
  const common = { ...connection(address, name), db, retryStrategy: pauseMs }
  if (kind === 'one') return new Redis({ ...common, ...hosts[0] })
  return new Redis({
    ...common,
    sentinels: hosts,
    name: primary,
    failoverDetector: true,
    sentinelRetryStrategy: pauseMs,
    // Sentinels that hang must not hold up the search for the primary.
    sentinelCommandTimeout: COMMAND_TIMEOUT_MS,
    ...(username !== null && { username }),
    ...(sentinelPassword !== null && { sentinelPassword }),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
  })
}

function toCluster(address: RedisAddress, name: string): Cluster {
  return new Cluster(address.hosts, {
    redisOptions: connection(address, name),
    enableOfflineQueue: false,
    clusterRetryStrategy: pauseMs,
    // Commands are not sent again by themselves: whether one was carried out is not known.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    // Names of a certificate are those of the cluster's nodes, not their addresses.
    ...(address.tls && { dnsLookup: (host: string, done: (err: null, address: string) => void) => done(null, host) }),
  })
}

function connection({ username, password, tls }: RedisAddress, name: string) {
  return {
    connectionName: name,
    keepAlive: KEEP_ALIVE_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // A primary that has become a replica: the connection is to be made to the new one.
    reconnectOnError: (error: Error) => /^(READONLY|UNBLOCKED|MASTERDOWN)/.test(error.message),
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    ...(tls && { tls: {} }),
  }
}

function pauseMs(attempt: number): number {
  return Math.min(25 * 2 ** attempt, MAX_RETRY_MS)
}

/** Makes a connection anew that did not answer in time: what it still brings would be of no use. */
export function renewAfterTimeout(client: RedisClient, error: unknown): void {
  const isTimeout = error instanceof Error && error.message === 'Command timed out'
  if (isTimeout && client.status === 'ready') client.disconnect(true)
}
