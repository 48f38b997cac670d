import { inject } from 'vitest'
import { natsPath, startNats } from '../support/nats-server.ts'
import { createDatabase } from '../support/postgres.ts'
import { redisPath, startRedis } from '../support/redis-server.ts'

/** What nodes share, of a test's own. */
export interface SharedEngine {
  /** Where the engine listens on this machine; null where nothing can come between. */
  port: number | null
  /** The environment of a node that reaches the engine at that port. */
  env(port: number | null): Record<string, string>
  stop(): Promise<void>
}

/** A kind of broker, for the suite of promises. */
export interface EngineKind {
  name: string
  /** Whether this machine lacks what it needs. */
  isMissing: () => boolean
  /** Whether there is but one node. */
  isAlone?: boolean
  /** Whether its engine is the test's own, which stopping takes away. */
  isOwn?: boolean
  start(): Promise<SharedEngine>
}

export const LOCAL: EngineKind = {
  name: 'one node over its own database',
  isMissing: () => false,
  isAlone: true,
  start: () => Promise.resolve({ port: null, env: () => ({}), stop: () => Promise.resolve() }),
}

export const POSTGRES: EngineKind = {
  name: 'nodes over PostgreSQL',
  isMissing: () => inject('postgresUrl') === null,
  async start() {
    const url = new URL(await createDatabase(inject('postgresUrl')!))
    return {
      port: Number(url.port),
      env: (port) => ({ DATABASE_URL: Object.assign(new URL(url), { port: String(port) }).href }),
      stop: () => Promise.resolve(),
    }
  },
}

export const REDIS: EngineKind = {
  name: 'nodes over Redis',
  isOwn: true,
  isMissing: () => inject('postgresUrl') === null || redisPath === null,
  async start() {
    const [databaseUrl, redis] = await Promise.all([createDatabase(inject('postgresUrl')!), startRedis()])
    return {
      port: redis.port,
      env: (port) => ({
        DATABASE_URL: databaseUrl,
        BROKER: 'redis',
        REDIS_URL: `redis://127.0.0.1:${port}`,
      }),
      stop: () => redis.stop(),
    }
  },
}

export const NATS: EngineKind = {
  name: 'nodes over NATS',
  isOwn: true,
  isMissing: () => inject('postgresUrl') === null || natsPath === null,
  async start() {
    const [databaseUrl, nats] = await Promise.all([createDatabase(inject('postgresUrl')!), startNats()])
    return {
      port: nats.port,
      env: (port) => ({
        DATABASE_URL: databaseUrl,
        BROKER: 'nats',
        NATS_URL: `nats://127.0.0.1:${port}`,
      }),
      stop: () => nats.stop(),
    }
  },
}
