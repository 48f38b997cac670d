import type { Logger } from 'pino'
import { YayinError } from '../../../shared/errors.ts'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { MqttStats } from '../../../shared/stats.ts'
import type { Hub } from '../../hub/hub.ts'
import type { Draft } from '../../hub/message.ts'
import { MqttCounts } from './counts.ts'
import { Intake } from './intake.ts'
import { readMqttMessage } from './read-message.ts'
import { type Incoming, Session } from './session.ts'

/** How long what is under way may take at the end. */
const STOP_TIMEOUT_MS = 3000

export interface MqttGatewayDeps {
  url: string
  filters: readonly string[]
  /** Name under which nodes share the messages; null to take all of them. */
  group: string | null
  /** This node's name, the same after a restart. */
  nodeId: string
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
  let session: Session | null = null

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

  function open(group: string | null): Session {
    return new Session({
      url: deps.url,
      clientId: `yayin-${deps.nodeId}`,
      filters: deps.filters,
      formerFilters: [],
      group,
      take,
      onRepeated: () => counts.skipped.repeated++,
      onUnshared: () => (session = open(null)),
      log,
    })
  }

  return {
    start() {
      session = open(deps.group)
    },
    stats() {
      const { received, refused, skipped } = counts
      return { ok: session?.state.kind === 'open', received, published: intake.published, refused, skipped }
    },
    async stop() {
      session?.pause()
      const late = setTimeout(() => intake.stop(), STOP_TIMEOUT_MS)
      await intake.idle()
      clearTimeout(late)
      // The last acknowledgements are written in the turn in which their messages became durable.
      await new Promise((resolve) => setImmediate(resolve))
      await session?.stop()
    },
  }
}
