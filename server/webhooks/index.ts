import type { Logger } from 'pino'
import type { ConnectionInfo } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import type { Hub } from '../hub/hub.ts'
import type { Db } from '../store/database.ts'
import type { EventLog } from '../store/event-log.ts'
import { createOccupiedChannels } from '../store/webhook-channels.ts'
import { createDeliveryStore, type DeliveryRow, type DeliveryStore } from '../store/webhook-deliveries.ts'
import { createWebhookLease } from '../store/webhook-lease.ts'
import { createWebhookMessages } from '../store/webhook-messages.ts'
import { captureNews, createWebhookOutbox } from '../store/webhook-outbox.ts'
import { createWebhookStore, type WebhookRow, type WebhookStore } from '../store/webhooks.ts'
import { createAddressCheck, type PrivateAddresses } from './address.ts'
import { attempt } from './attempt.ts'
import { connectionClosed, connectionOpened, type GoneConnection } from './connection-events.ts'
import { createCourier } from './courier.ts'
import { createDuty } from './duty.ts'
import { createNewsQueue } from './news-queue.ts'
import { payloadOf } from './payload.ts'
import { Roster } from './roster.ts'
import { createSender } from './sender.ts'
import { literalFault } from './url-check.ts'

/** How often the webhooks are read anew, should another node have gone before it told of a change. */
const READ_EVERY_MS = 10_000

export interface WebhooksOptions {
  db: Db
  /** The hub; it exists once the webhooks do. */
  hub: () => Hub
  /** Name of this node. */
  node: string
  eventLog: EventLog
  log: Logger
  privateAddresses: PrivateAddresses
  /** Whether no other node shares the database. */
  isAlone: boolean
  /** Tells the other nodes that the webhooks have changed. */
  onChanged: () => void
}

/** Tells other servers, by HTTP, of what happens here. */
export interface Webhooks {
  readonly table: WebhookStore
  readonly deliveries: DeliveryStore
  /** Neither waits nor throws; `describe` is called only when somebody wants to know. */
  opened(describe: () => ConnectionInfo): void
  closed(describe: () => ConnectionInfo, reason: string): void
  /** Connections that went with their node. */
  lost(connections: readonly GoneConnection[]): void
  /** Says why an address can't be sent to as it stands; null when nothing is wrong with it. */
  faultOf(url: string): string | null
  /** Sends a test now, and resolves with what came of it. @throws YayinError `not_found` */
  test(id: string): Promise<DeliveryRow>
  /** Reads the webhooks anew; `isNews` when the other nodes are to do so too. Never rejects. */
  reload(isNews?: boolean): Promise<void>
  /** Looks at once whether something is due. */
  wake(): void
  start(): Promise<void>
  stop(): Promise<void>
}

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { db, hub, node, eventLog, log, privateAddresses, isAlone, onChanged } = options
  const table = createWebhookStore(db)
  const deliveries = createDeliveryStore(db)
  const outbox = createWebhookOutbox(db)
  const roster = new Roster()
  const isAllowed = createAddressCheck(privateAddresses)
  const sender = createSender({ isAllowed })
  const isIdle = () => roster.isEmpty
  const onDisabled = () => void reload(true)
  const courier = createCourier({ outbox, sender, eventLog, log, node, isIdle, onDisabled })
  const duty = createDuty({
    roster,
    lease: createWebhookLease(db),
    messages: createWebhookMessages(db),
    channels: createOccupiedChannels(db),
    deliveries,
    audience: audienceOf(hub),
    head: () => hub().head,
    epoch: () => hub().epoch,
    eventLog,
    log,
    node,
    onCaptured: courier.wake,
  })
  const queue = createNewsQueue({
    async write(news) {
      if ((await captureNews(db, news)) > 0) courier.wake()
    },
    log,
  })
  let timer: NodeJS.Timeout | undefined

  async function reload(isNews = false): Promise<void> {
    try {
      roster.set(await table.entries())
      if (isNews) onChanged()
      courier.wake()
    } catch (err) {
      log.debug({ err }, 'The webhooks could not be read')
    }
  }

  return {
    table,
    deliveries,
    opened(describe) {
      if (roster.wants('connection.opened')) queue.add(connectionOpened(describe()))
    },
    closed(describe, reason) {
      if (roster.wants('connection.closed')) queue.add(connectionClosed(describe(), reason, Date.now()))
    },
    lost(connections) {
      // Not asked of the roster: at the start it was not read yet.
      for (const connection of connections) queue.add(connectionClosed(connection, 'lost', Date.now()))
    },
    faultOf: (url) => literalFault(url, isAllowed),
    async test(id) {
      const webhook = await table.find(id)
      if (webhook === null) throw new YayinError('not_found', `There is no webhook ${id.slice(0, 50)}.`)
      const data = JSON.stringify({ webhookId: webhook.id, name: webhook.name })
      const test = await deliveries.addTest(id, payloadOf('webhook.test', new Date().toISOString(), data))
      const { record } = await attempt(sender, { url: webhook.url, secrets: secretsOf(webhook) }, test)
      if (record.error === null && webhook.failingSince !== null) {
        await outbox.recover(id)
        courier.wake()
      }
      return deliveries.finishTest(test, record)
    },
    reload,
    wake: courier.wake,
    async start() {
      if (isAlone) await outbox.releaseAll()
      await reload()
      courier.start()
      duty.start()
      timer = setInterval(() => void reload(), READ_EVERY_MS).unref()
    },
    async stop() {
      clearInterval(timer)
      await queue.close()
      await duty.stop()
      await courier.stop()
      sender.close()
    },
  }
}

function secretsOf({ secret, previousSecret, previousSecretUntil }: WebhookRow): string[] {
  const isOverlap =
    previousSecret !== null && previousSecretUntil !== null && previousSecretUntil.getTime() > Date.now()
  return isOverlap ? [secret, previousSecret] : [secret]
}

function audienceOf(hub: () => Hub) {
  return {
    *channels(): Generator<string> {
      for (const channel of hub().subscriptions.channels.values()) if (channel.exact.size > 0) yield channel.name
      yield* hub().neighbours.channels()
    },
    isFollowed(name: string): boolean {
      const here = hub().subscriptions.channels.get(name)
      return (here !== undefined && here.exact.size > 0) || hub().neighbours.hear(name)
    },
  }
}
