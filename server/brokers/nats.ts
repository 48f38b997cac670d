import type { Logger } from 'pino'
import type { Bus } from './bus.ts'
import type { EngineLog } from './engine-log.ts'
import { parseNatsUrl } from './nats-address.ts'
import { createNatsBus } from './nats-bus.ts'
import { connectNats } from './nats-connection.ts'
import { NatsLog } from './nats-log.ts'
import { NatsStream } from './nats-stream.ts'

export interface NatsParts {
  /** As `parseNatsUrl` takes it. */
  url: string
  /** Parts this log, and its nodes, from others on the same NATS. */
  stream: string
  /** Copies of the log; null for what it has, or one. */
  replicas: number | null
  /** This node's name. */
  node: string
  log: Logger
}

/** Connects to a NATS, and again whenever that is needed, until it is closed. */
export function openNats({ url, stream, replicas, node, log }: NatsParts): {
  engine: EngineLog
  bus: Bus
  close(): Promise<void>
} {
  const address = parseNatsUrl(url)
  if (address === null) throw new Error('these are no addresses of a NATS')
  const connector = connectNats(address, log)
  const engine = new NatsLog(new NatsStream(connector, stream, replicas), log)
  const bus = createNatsBus(node, `${stream}.bus`, connector, log)
  return {
    engine,
    bus,
    async close() {
      engine.close()
      await bus.close()
      await connector.close()
    },
  }
}
