import type { Logger } from 'pino'
import { YayinError } from '../../../shared/errors.ts'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { MqttStats } from '../../../shared/stats.ts'
import type { Hub } from '../../hub/hub.ts'
import type { Draft } from '../../hub/message.ts'
import { MqttCounts } from './counts.ts'
import { Intake } from './intake.ts'
import { readMqttMessage } from './read-message.ts'
import { Roster } from './roster.ts'
import type { Seats } from './seats.ts'
import type { Incoming } from './session.ts'

/** How long what is under way may take at the end. */
const STOP_TIMEOUT_MS = 3000

export interface MqttGatewayDeps {
  url: string
  filters: readonly string[]
  /** Name under which nodes share the messages; null: one node at a time takes all of them. */
  group: string | null
  /** This node's name, the same after a restart. */
  nodeId: string
  /** Name of this process. */
  process: string
  /** Whether no other node can be there. */
  alone: boolean
  seats: Seats
  hub: Hub
  settings: LiveSettings
  /** Hears of what was published together, and of what was refused. */
  events: MqttEvents
  log: Logger
}

export interface MqttEvents {
  published(channel: string, count: number): void
  refused(topic: string, code: string, detail: string): void
}

/** Takes messages in from an MQTT broker (contract §12). */
export interface MqttGateway {
  start(): void
  stats(): MqttStats
  /** Finishes what was taken in, and leaves; the broker keeps what comes for the next start. */
  stop(): Promise<void>
}

export function createMqttGateway(deps: MqttGatewayDeps): MqttGateway {
  const { hub, settings, events, log } = deps
  const counts = new MqttCounts()
  const intake = new Intake(publish, (err) => log.debug({ err }, 'Messages of the MQTT broker wait for the log'))
  let roster: Roster | null = null

  async function publish(drafts: readonly Draft[]): Promise<void> {
    await hub.publisher.publish(drafts, { from: null })
    events.published(drafts[0]!.channel, drafts.length)
  }

  function take({ topic, payload, retained }: Incoming): Promise<void> {
    counts.received++
    if (retained) {
      counts.skipped.retained++
      return Promise.resolve()
    }
    try {
      return intake.add(readMqttMessage(topic, payload, settings.values))
    } catch (error) {
      if (!(error instanceof YayinError)) throw error
      counts.refuse(error.code)
      events.refused(topic, error.code, error.message)
      return Promise.resolve()
    }
  }

  return {
    start() {
      const { url, filters, group, alone, seats } = deps
      const clientId = `yayin-${deps.nodeId}`
      const onRepeated = () => counts.skipped.repeated++
      roster = new Roster({ url, filters, group, alone, seats, clientId, holder: deps.process, take, onRepeated, log })
    },
    stats() {
      const { received, refused, skipped } = counts
      return { ok: roster?.ok ?? false, received, published: intake.published, refused, skipped }
    },
    async stop() {
      await roster?.pause()
      const late = setTimeout(() => intake.stop(), STOP_TIMEOUT_MS)
      await intake.idle()
      clearTimeout(late)
      // The last acknowledgements are written in the turn in which their messages became durable.
      await new Promise((resolve) => setImmediate(resolve))
      await roster?.stop().catch((err: unknown) => log.debug({ err }, 'The MQTT sessions could not be released'))
    },
  }
}
