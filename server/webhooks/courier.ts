import { setTimeout as delay } from 'node:timers/promises'
import { nanoid } from 'nanoid'
import type { Logger } from 'pino'
import type { EventLog } from '../store/event-log.ts'
import type { ClaimedWebhook, DueDelivery, Settled, WebhookOutbox } from '../store/webhook-outbox.ts'
import { attempt } from './attempt.ts'
import { planAfter } from './plan.ts'
import type { Sender } from './sender.ts'

/** Webhooks that one node delivers for at a time. */
const AT_ONCE = 16
/** Deliveries read at a time, and made for one webhook before the others have their turn. */
const PAGE = 20
const TURN = 100
/** Longest time without a look: another node may have died, or something come due. */
const LOOK_EVERY_MS = 1000
/** How long the deliveries under way may hold up the end of the process. */
const CLOSE_TIMEOUT_MS = 2000

export interface CourierParts {
  outbox: WebhookOutbox
  sender: Sender
  eventLog: EventLog
  log: Logger
  /** Name of this node. */
  node: string
  /** Whether there is anything to look for at all. */
  isIdle: () => boolean
  /** The server has turned a webhook off. */
  onDisabled: () => void
}

/** Carries what is due to the receivers: one at a time for each webhook, in order, several webhooks at once. */
export interface Courier {
  start(): void
  /** Says that something has come due. */
  wake(): void
  /** Stops; what is under way and does not end in time is sent again by whoever comes next. */
  stop(): Promise<void>
}

export function createCourier(parts: CourierParts): Courier {
  const { outbox, sender, eventLog, log, node, isIdle, onDisabled } = parts
  const turns = new Set<Promise<void>>()
  let state: 'new' | 'running' | 'stopped' = 'new'
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let lookAgain = false

  function look(): void {
    if (state !== 'running') return
    if (looking !== null) {
      lookAgain = true
      return
    }
    lookAgain = false
    looking = takeUp()
      .catch((err: unknown) => log.debug({ err }, 'Due webhooks could not be looked for'))
      .finally(() => {
        looking = null
        if (lookAgain) look()
      })
  }

  async function takeUp(): Promise<void> {
    const free = AT_ONCE - turns.size
    if (free <= 0 || isIdle()) return
    const turn = `${node} ${nanoid(8)}`
    for (const webhook of await outbox.claim(turn, free)) {
      const work = serve(webhook, turn)
        .catch((err: unknown) => log.debug({ err, webhookId: webhook.id }, 'A webhook’s deliveries could not be made'))
        .finally(() => {
          turns.delete(work)
          look()
        })
      turns.add(work)
    }
  }

  async function serve(webhook: ClaimedWebhook, turn: string): Promise<void> {
    let made = 0
    for (let goesOn = true; goesOn && made < TURN;) {
      const due = await outbox.due(webhook.id, PAGE)
      goesOn = due.length > 0
      for (const delivery of due) {
        if (state !== 'running') goesOn = false
        if (!goesOn) break
        goesOn = await deliver(webhook, delivery, turn)
        made++
      }
    }
    await outbox.release(webhook.id, turn)
  }

  /** Makes one attempt; false when this turn is over. */
  async function deliver(webhook: ClaimedWebhook, delivery: DueDelivery, turn: string): Promise<boolean> {
    const { outcome, record } = await attempt(sender, webhook, delivery)
    const plan = planAfter(outcome, delivery.attempts + 1, webhook.failures, Math.random())
    const settled = await outbox.settle(webhook.id, turn, { seq: delivery.seq, record, ...plan })
    if (settled === null) return false
    if (plan.verdict === 'delivered' && webhook.failures > 0) {
      webhook.failures = 0
      await outbox.recover(webhook.id)
      // What waited for it comes before what came after.
      return false
    }
    if (plan.state === 'failed') noteFailure(webhook, delivery)
    if (!settled.enabled && plan.verdict !== 'delivered') noteDisabled(webhook, settled, plan.verdict === 'gone')
    return settled.enabled && settled.version === webhook.version && plan.pauseMs === 0
  }

  function noteFailure({ id }: ClaimedWebhook, delivery: DueDelivery): void {
    const data = { webhookId: id, deliveryId: delivery.id, attempts: delivery.attempts + 1 }
    const message = 'Webhook delivery given up'
    eventLog.record({ level: 'warn', type: 'webhook_failed', message, data, actor: 'system' })
  }

  function noteDisabled({ id, version }: ClaimedWebhook, settled: Settled, isGone: boolean): void {
    // Its owner has turned it off meanwhile.
    if (settled.version !== version) return
    const data = { webhookId: id, reason: isGone ? 'gone' : 'failing' }
    const message = isGone
      ? 'Webhook turned off: its receiver says that it is gone'
      : 'Webhook turned off: nothing came through for three days'
    eventLog.record({ level: 'error', type: 'webhook_disabled', message, data, actor: 'system' })
    log.warn(data, 'A webhook was turned off')
    onDisabled()
  }

  return {
    start() {
      state = 'running'
      timer = setInterval(look, LOOK_EVERY_MS).unref()
      look()
    },
    wake: look,
    async stop() {
      state = 'stopped'
      clearInterval(timer)
      await looking
      await Promise.race([Promise.all(turns), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}
