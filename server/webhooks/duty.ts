import type { Logger } from 'pino'
import type { EventLog } from '../store/event-log.ts'
import type { OccupiedChannels } from '../store/webhook-channels.ts'
import type { DeliveryStore } from '../store/webhook-deliveries.ts'
import type { WebhookLease } from '../store/webhook-lease.ts'
import type { WebhookMessages } from '../store/webhook-messages.ts'
import { type Audience, ChannelWatch } from './channel-watch.ts'
import { createMessageReading } from './message-reader.ts'
import type { Roster } from './roster.ts'

/** How often the log and the channels are looked at, and the lease is asked for. */
const TICK_MS = 200
const LEASE_EVERY_MS = 3000
/** So long after a start clients are back, and the other nodes have told who is connected to them. */
const SETTLE_MS = 5000
const SWEEP_EVERY_MS = 60_000
/** The log is looked at this often even when nothing seems to have come. */
const LOOK_EVERY_MS = 1000

export interface DutyParts {
  roster: Roster
  lease: WebhookLease
  messages: WebhookMessages
  channels: OccupiedChannels
  deliveries: Pick<DeliveryStore, 'sweep'>
  audience: Audience
  /** The newest offset that was delivered here. */
  head: () => number
  /** The epoch that positions have now. */
  epoch: () => string
  eventLog: EventLog
  log: Logger
  node: string
  /** Something was put into the outbox. */
  onCaptured: () => void
}

/** What one node at a time does for all: reads the log, watches the channels, clears what is over. */
export interface Duty {
  start(): void
  stop(): Promise<void>
}

export function createDuty(parts: DutyParts): Duty {
  const { roster, lease, channels, deliveries, eventLog, log, node, onCaptured } = parts
  const readMessages = createMessageReading(parts)
  let watch: ChannelWatch | null = null
  let isHolder = false
  let [askedAtMs, sinceMs, sweptAtMs, readAtMs] = [-Infinity, 0, -Infinity, -Infinity]
  let [seenHead, isMore] = [-1, true]
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> | null = null

  async function keepLease(nowMs: number): Promise<void> {
    if (nowMs - askedAtMs < LEASE_EVERY_MS) return
    const had = isHolder
    // Not one that may have run out while the database was away.
    isHolder = false
    isHolder = await lease.take(node)
    askedAtMs = nowMs
    if (had && isHolder) return
    watch = null
    isMore = true
  }

  async function readLog(nowMs: number): Promise<void> {
    const head = parts.head()
    if (!roster.wants('message.published')) return
    if (head === seenHead && !isMore && nowMs - readAtMs < LOOK_EVERY_MS) return
    const outcome = await readMessages()
    seenHead = head
    readAtMs = nowMs
    isMore = outcome.isMore
    if (outcome.found > 0) onCaptured()
  }

  async function watchChannels(nowMs: number): Promise<void> {
    const isWanted = roster.wants('channel.occupied') || roster.wants('channel.vacated')
    if (!isWanted && watch === null) return
    watch ??= new ChannelWatch({ ...parts, store: channels }, await channels.all())
    if ((await watch.look(nowMs, nowMs - sinceMs >= SETTLE_MS)) > 0) onCaptured()
  }

  async function sweep(nowMs: number): Promise<void> {
    if (nowMs - sweptAtMs < SWEEP_EVERY_MS) return
    for (const [webhookId, dropped] of await deliveries.sweep()) {
      const message = 'Events for a webhook were dropped: far too many wait for it'
      const data = { webhookId, dropped }
      eventLog.record({ level: 'error', type: 'webhook_dropped', message, data, actor: 'system' })
    }
    sweptAtMs = nowMs
  }

  async function handOver(): Promise<void> {
    if (!isHolder) return
    isHolder = false
    askedAtMs = -Infinity
    watch = null
    await lease.release(node)
  }

  async function work(): Promise<void> {
    if (roster.isEmpty) return handOver()
    const nowMs = performance.now()
    await keepLease(nowMs)
    if (!isHolder) return
    await readLog(nowMs)
    await watchChannels(nowMs)
    await sweep(nowMs)
  }

  function tick(): void {
    if (working !== null || (roster.isEmpty && !isHolder)) return
    working = work()
      .catch((err: unknown) => log.debug({ err }, 'Nothing could be done for webhooks'))
      .finally(() => {
        working = null
      })
  }

  return {
    start() {
      sinceMs = performance.now()
      timer = setInterval(tick, TICK_MS).unref()
    },
    async stop() {
      clearInterval(timer)
      await working
      await handOver().catch((err: unknown) => log.debug({ err }, 'The webhooks could not be handed over'))
    },
  }
}
