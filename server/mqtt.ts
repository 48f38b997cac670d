import type pg from 'pg'
import type { Logger } from 'pino'
import type { LiveSettings } from '../shared/settings.ts'
import type { MqttStats } from '../shared/stats.ts'
import type { Config } from './config.ts'
import type { MqttEvents } from './gateways/mqtt/index.ts'
import type { Hub } from './hub/hub.ts'
import type { Part } from './routes/health.ts'
import type { EventLog } from './store/event-log.ts'
import { createMqttSessionTable } from './store/mqtt-sessions.ts'

export interface MqttParts {
  hub: Hub
  settings: LiveSettings
  eventLog: EventLog
  /** This node's name, the same after a restart, and the name of this process. */
  nodeId: string
  process: string
  pool: pg.Pool
  log: Logger
}

/** What comes in by MQTT, as the rest of the server sees it. */
export interface MqttIntake {
  start(): void
  /** Null when no MQTT broker is configured. */
  stats(): MqttStats | null
  stop(): Promise<void>
}

const NONE: MqttIntake = { start: () => undefined, stats: () => null, stop: () => Promise.resolve() }

/** Opens the way in from the MQTT broker that the configuration names; its library is loaded only then. */
export async function createMqttIntake(config: Config, parts: MqttParts): Promise<MqttIntake> {
  const { mqttUrl: url, mqttTopics: filters, broker, mqttGroup } = config
  if (url === null) return NONE
  const { createMqttGateway } = await import('./gateways/mqtt/index.ts')
  const { eventLog, pool, ...rest } = parts
  // A node alone has nobody to share with, and brokers keep a shared subscription less well than one's own.
  const alone = broker === 'local'
  return createMqttGateway({
    ...rest,
    url,
    filters,
    group: alone ? null : mqttGroup,
    alone,
    seats: createMqttSessionTable(pool),
    events: eventsTo(eventLog),
  })
}

/** The part of the server that `/readyz` shows; nothing else waits for it. */
export function mqttPart({ stats }: MqttIntake): Part[] {
  const now = stats()
  return now === null ? [] : [{ name: 'mqtt', ok: now.ok, isOptional: true }]
}

const ACTOR = 'mqtt'

function eventsTo(eventLog: EventLog): MqttEvents {
  return {
    published(channel, count) {
      const data = { channel, count }
      eventLog.record({ level: 'info', type: 'broadcast', message: 'Message published', data, actor: ACTOR })
    },
    refused(topic, code, reason) {
      const data = { topic: topic.slice(0, 250), code, reason }
      eventLog.record({ level: 'warn', type: 'refused', message: 'MQTT message refused', data, actor: ACTOR })
    },
  }
}
