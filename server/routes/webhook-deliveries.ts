import type { Router } from 'express'
import { getDelivery, listDeliveries, retryDelivery } from '../../shared/webhooks.ts'
import { wrongCursor, YayinError } from '../../shared/errors.ts'
import { actorOf } from '../auth/caller.ts'
import type { DeliveryRow } from '../store/webhook-deliveries.ts'
import { defineRoute } from './http.ts'
import { describeDelivery, describeDeliveryDetail, foundWebhook } from './webhook-answers.ts'
import type { WebhooksDeps } from './webhooks.ts'

/** Adds the deliveries of webhooks: what was sent, what came of it, and sending it again. */
export function webhookDeliveriesRoutes(router: Router, deps: WebhooksDeps): void {
  const { webhooks, eventLog } = deps
  const { table, deliveries } = webhooks

  defineRoute(
    router,
    listDeliveries,
    async ({ params, query: { cursor, limit, state, event } }) => {
      foundWebhook(await table.find(params.id), params.id)
      const rows = await deliveries.list(params.id, { state, event, before: readCursor(cursor), limit: limit + 1 })
      const page = rows.slice(0, limit)
      return { deliveries: page.map(describeDelivery), nextCursor: rows.length > limit ? `${page.at(-1)!.seq}` : null }
    },
    deps,
  )

  defineRoute(
    router,
    getDelivery,
    async ({ params: { id, deliveryId } }) =>
      describeDeliveryDetail(known(await deliveries.find(id, deliveryId), deliveryId)),
    deps,
  )

  defineRoute(
    router,
    retryDelivery,
    async ({ caller, params: { id, deliveryId }, ip }) => {
      const webhook = foundWebhook(await table.find(id), id)
      if (!webhook.enabled) throw new YayinError('conflict', 'This webhook is off; turn it on first.')
      const row = known(await deliveries.retry(id, deliveryId), deliveryId)
      webhooks.wake()
      const data = { webhookId: id, deliveryId: row.id, event: row.event, ip }
      const message = 'Webhook delivery sent again'
      eventLog.record({ level: 'info', type: 'webhook_resent', message, data, actor: actorOf(caller) })
      return describeDelivery(row)
    },
    deps,
  )
}

function known(row: DeliveryRow | null, id: string): DeliveryRow {
  if (row === null) throw new YayinError('not_found', `This webhook has no delivery ${id.slice(0, 50)}.`)
  return row
}

function readCursor(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw wrongCursor(text)
}
