import type {
  DeliveryState,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookEvent,
} from '../../../../shared/webhooks.ts'
import { readAll } from '../../lib/access-api.ts'
import { request } from '../../lib/api.ts'

export interface WebhookFields {
  name: string
  url: string
  events: WebhookEvent[]
  channels: string[]
}

/** A webhook with a secret just made: told this once. */
export interface MadeWebhook {
  webhook: Webhook
  secret: string
}

/** A page of deliveries, the newest first. */
export interface DeliveryPage {
  deliveries: WebhookDelivery[]
  nextCursor: string | null
}

/** Deliveries that are shown at first, and more each time. */
const PAGE = 30

const at = (id: string, rest = '') => `/api/webhooks/${encodeURIComponent(id)}${rest}`
const deliveryAt = (id: string, deliveryId: string) => at(id, `/deliveries/${encodeURIComponent(deliveryId)}`)

export const fetchWebhooks = () => readAll<Webhook>('/api/webhooks', 'webhooks')
export const createWebhook = (fields: WebhookFields) => request<MadeWebhook>('/api/webhooks', { ...fields })
export const changeWebhook = ({ id, ...changes }: { id: string } & Partial<WebhookFields & { enabled: boolean }>) =>
  request<Webhook>(at(id), changes, 'PATCH')
export const deleteWebhook = (id: string) => request<void>(at(id), undefined, 'DELETE')
export const rotateSecret = ({ id, overlapHours }: { id: string; overlapHours: number }) =>
  request<MadeWebhook>(at(id, '/rotate'), { overlapHours })
export const testWebhook = (id: string) => request<WebhookDeliveryDetail>(at(id, '/test'), {})

export function fetchDeliveries(id: string, state: DeliveryState | null, cursor: string | null): Promise<DeliveryPage> {
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(state !== null && { state }),
    ...(cursor !== null && { cursor }),
  })
  return request(at(id, `/deliveries?${query.toString()}`))
}
export const fetchDelivery = (id: string, deliveryId: string) =>
  request<WebhookDeliveryDetail>(deliveryAt(id, deliveryId))
export const sendAgain = ({ id, deliveryId }: { id: string; deliveryId: string }) =>
  request<WebhookDelivery>(`${deliveryAt(id, deliveryId)}/retry`, {})
