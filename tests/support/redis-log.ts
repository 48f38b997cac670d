import { Redis } from 'ioredis'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Append } from '../../server/brokers/broker.ts'
import type { EngineLog, EngineState } from '../../server/brokers/engine-log.ts'
import { openRedis } from '../../server/brokers/redis.ts'
import { newMessage } from './hub.ts'
import { type RedisServer, startRedis } from './redis-server.ts'
import { until } from './until.ts'

const DEADLINE_MS = 15_000

/** An append of so many messages. */
export function appendOf(count: number, more: Partial<Append> = {}): Append {
  return { messages: Array.from({ length: count }, (_, n) => newMessage('a', n)), idempotent: null, ...more }
}

/** Starts a Redis until the test is over. */
export async function runRedis(...config: string[]): Promise<RedisServer> {
  const server = await startRedis({ config })
  onTestFinished(() => server.stop())
  return server
}

export function urlOf({ port }: RedisServer): string {
  return `redis://127.0.0.1:${port}`
}

/** A connection of the test's own. */
export function askRedis({ port }: RedisServer): Redis {
  const client = new Redis({ port, host: '127.0.0.1' }).on('error', () => undefined)
  onTestFinished(() => client.disconnect())
  return client
}

interface Opening {
  /** Gets what it says. */
  warnings?: string[]
  /** Offset that it has heard of. */
  known?: number
}

/** Opens the log as a node of its own. */
export async function openLogIn(url: string, { warnings = [], known = 0 }: Opening = {}): Promise<EngineLog> {
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) })
  const { engine, close } = openRedis({ url, prefix: 'test', node: 'n', log })
  onTestFinished(close)
  await reopened(engine, known)
  return engine
}

/** Resolves with how the log stands once Redis is reached again. */
export function reopened(engine: EngineLog, known: number): Promise<EngineState> {
  return until(() => engine.open(known), { deadlineMs: DEADLINE_MS, what: 'Redis is reached' })
}
