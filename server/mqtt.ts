import type { Logger } from 'pino'
import type { LiveSettings } from '../shared/settings.ts'
import type { MqttStats } from '../shared/stats.ts'
import type { Config } from './config.ts'
import type { MqttEvents, MqttGateway } from './gateways/mqtt/index.ts'
import type { Hub } from './hub/hub.ts'
import type { Part } from './routes/health.ts'
import type { EventLog } from './store/event-log.ts'

export interface MqttParts {
  hub: Hub
  settings: LiveSettings
  eventLog: EventLog
  /** This node's name, the same after a restart. */
  nodeId: string
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
  const { eventLog, ...rest } = parts
  // A node alone has nobody to share with, and brokers keep a shared subscription less well than one's own.
  const group = broker === 'local' ? null : mqttGroup
  const gateway: MqttGateway = createMqttGateway({ ...rest, url, filters, group, events: eventsTo(eventLog) })
  return gateway
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
