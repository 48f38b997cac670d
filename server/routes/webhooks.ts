import type { Router } from 'express'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateWebhookSecret,
  testWebhook,
} from '../../shared/webhooks.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { may } from '../auth/policy.ts'
import type { EventLog } from '../store/event-log.ts'
import type { CountedWebhook } from '../store/webhooks.ts'
import type { Webhooks } from '../webhooks/index.ts'
import { newSecret } from '../webhooks/signature.ts'
import { defineRoute, type RouteDeps } from './http.ts'
import { pageOf } from './page.ts'
import { describeDeliveryDetail, describeWebhook, foundWebhook, withoutQuery } from './webhook-answers.ts'

export interface WebhooksDeps extends RouteDeps {
  webhooks: Webhooks
  eventLog: EventLog
}

/** Adds the webhooks: their list, their making, changing and removing, new secrets and tests. */
export function webhooksRoutes(router: Router, deps: WebhooksDeps): void {
  const { webhooks, eventLog, settings } = deps
  const { table } = webhooks
  const describeFor = (caller: Caller) => {
    const isAdmin = may(caller, { kind: 'administer' }, settings.values).allowed
    return (row: CountedWebhook) => describeWebhook(row, isAdmin)
  }
  const note = (type: string, message: string, caller: Caller, data: object) =>
    eventLog.record({ level: 'info', type, message, data: { ...data }, actor: actorOf(caller) })

  defineRoute(
    router,
    listWebhooks,
    async ({ caller, query }) => {
      const { page, nextCursor } = pageOf(await table.list(), query)
      return { webhooks: page.map(describeFor(caller)), nextCursor }
    },
    deps,
  )

  defineRoute(
    router,
    getWebhook,
    async ({ caller, params }) => describeFor(caller)(foundWebhook(await table.find(params.id), params.id)),
    deps,
  )

  defineRoute(
    router,
    createWebhook,
    async ({ caller, body, ip }) => {
      checkUrl(body.url, webhooks)
      const secret = newSecret()
      const lists = { events: [...new Set(body.events)], channels: [...new Set(body.channels)] }
      const row = await table.create({ ...body, ...lists, secret, createdBy: actorOf(caller) })
      if (row === null) throw new YayinError('conflict', 'There are too many webhooks already; delete one first.')
      await webhooks.reload(true)
      note('webhook_created', 'Webhook created', caller, { ...noted(row), ip })
      return { webhook: describeWebhook(row, true), secret }
    },
    deps,
  )

  defineRoute(
    router,
    changeWebhook,
    async ({ caller, params, body, ip }) => {
      if (body.url !== undefined) checkUrl(body.url, webhooks)
      const row = foundWebhook(await table.change(params.id, body as Parameters<typeof table.change>[1]), params.id)
      await webhooks.reload(true)
      note('webhook_changed', 'Webhook changed', caller, { ...noted(row), changed: Object.keys(body), ip })
      return describeWebhook(row, true)
    },
    deps,
  )

  defineRoute(
    router,
    deleteWebhook,
    async ({ caller, params, ip }) => {
      const row = foundWebhook(await table.find(params.id), params.id)
      await table.remove(row.id)
      await webhooks.reload(true)
      note('webhook_deleted', 'Webhook deleted', caller, { ...noted(row), waiting: row.waiting, ip })
    },
    deps,
  )

  defineRoute(
    router,
    rotateWebhookSecret,
    async ({ caller, params, body, ip }) => {
      const secret = newSecret()
      const row = foundWebhook(await table.rotate(params.id, secret, body.overlapHours), params.id)
      const data = { ...noted(row), overlapHours: body.overlapHours, ip }
      note('webhook_secret_rotated', 'Webhook given a new secret', caller, data)
      return { webhook: describeWebhook(row, true), secret }
    },
    deps,
  )

  defineRoute(
    router,
    testWebhook,
    async ({ caller, params, ip }) => {
      const row = await webhooks.test(params.id)
      note('webhook_tested', 'Webhook tested', caller, { webhookId: row.webhookId, status: row.lastStatus, ip })
      return describeDeliveryDetail(row)
    },
    deps,
  )
}

function checkUrl(url: string, webhooks: Webhooks): void {
  const message = webhooks.faultOf(url)
  if (message === null) return
  throw new YayinError('invalid', `body url: ${message}`, { errors: [{ path: 'url', message }] })
}

/** What the event log says of a webhook: nothing that may be a secret. */
function noted({ id, name, url, events, enabled }: CountedWebhook) {
  return { webhookId: id, name, url: withoutQuery(url), events, enabled }
}
