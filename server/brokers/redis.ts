import type { Logger } from 'pino'
import type { Bus } from './bus.ts'
import type { EngineLog } from './engine-log.ts'
import { createRedisBus } from './redis-bus.ts'
import { connectRedis } from './redis-connect.ts'
import { createRedisLog } from './redis-log.ts'
import { parseRedisUrl } from './redis-url.ts'
import { watchRedis } from './redis-watch.ts'

export interface RedisParts {
  /** As `parseRedisUrl` takes it. */
  url: string
  /** Parts this log, and its nodes, from others on the same Redis. */
  prefix: string
  /** This node's name. */
  node: string
  log: Logger
}

/** Connects to a Redis, and again whenever that is needed, until it is closed. */
export function openRedis({ url, prefix, node, log }: RedisParts): {
  engine: EngineLog
  bus: Bus
  close(): Promise<void>
} {
  const address = parseRedisUrl(url)
  if (address === null) throw new Error('this is no address of a Redis')
  const connect = (name: string) => connectRedis(address, `yayin-${name}`, log)
  // One for each purpose, since what waits on a connection holds up all that comes after it.
  const [writer, reader, queries, subscriber] = [
    connect('writer'),
    connect('reader'),
    connect('queries'),
    connect('subscriber'),
  ]
  watchRedis(writer, log)
  const engine = createRedisLog({ prefix, writer, reader, queries })
  const bus = createRedisBus({ node, channel: `{${prefix}}:bus`, queries, subscriber, log })
  return {
    engine,
    bus,
    async close() {
      await bus.close()
      for (const client of [writer, reader, queries, subscriber]) client.disconnect()
    },
  }
}
