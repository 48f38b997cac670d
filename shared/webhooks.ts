import { z } from 'zod'
import { id, isoTime, nextCursor, operation, type Operation, paging, patterns } from './operation.ts'

// Webhooks: the server tells other servers, by HTTP, of what happens.

export const WEBHOOK_EVENTS = [
  'connection.opened',
  'connection.closed',
  'channel.occupied',
  'channel.vacated',
  'message.published',
  'room.started',
  'room.ended',
] as const
/** What a webhook can be told of; `webhook.test` is sent on request alone. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number] | 'webhook.test'

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why an attempt did not count: there was no answer, or not the right one. */
export const ATTEMPT_ERRORS = [
  'timeout',
  'name_not_found',
  'address_not_allowed',
  'connection_refused',
  'connection_lost',
  'tls',
  'unreachable',
  'redirected',
  'bad_status',
] as const
export type AttemptError = (typeof ATTEMPT_ERRORS)[number]

/** Most webhooks of a server. */
export const MAX_WEBHOOKS = 100

/** Says what is wrong with an address to send events to; null when nothing is. */
export function webhookUrlFault(text: string): 'no_url' | 'has_user' | null {
  if (!/^https?:\/\//i.test(text) || /\s/.test(text) || !URL.canParse(text)) return 'no_url'
  const { username, password, hash } = new URL(text)
  return username || password || hash ? 'has_user' : null
}

const url = z
  .string()
  .max(2000)
  .refine((text) => webhookUrlFault(text) !== 'no_url', { error: 'is an http:// or https:// address' })
  .refine((text) => webhookUrlFault(text) !== 'has_user', { error: 'has neither a user nor a fragment' })

const fields = {
  name: z.string().trim().min(1).max(100),
  url,
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
  /** Patterns for messages and channels. A namespace of the server’s own, such as `user/**`, has to be named. */
  channels: patterns.min(1).max(100),
}

export const attemptSchema = z.object({
  at: isoTime,
  durationMs: z.number().int(),
  /** Null when there was no answer. */
  status: z.number().int().nullable(),
  /** Why there was none, or why it does not count; null for a success. */
  error: z.enum(ATTEMPT_ERRORS).nullable(),
  /** The beginning of the answer’s body. */
  response: z.string(),
})
/** One attempt at a delivery, as it is kept. */
export type AttemptRecord = z.infer<typeof attemptSchema>

export const webhookSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Without its query for those who may not change it: it may hold a secret. */
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  channels: z.array(z.string()),
  enabled: z.boolean(),
  /** Why the server itself has turned it off: nothing came through for days, or the receiver said that it is gone. */
  disabledReason: z.enum(['failing', 'gone']).nullable(),
  /** Until when the secret before this one signs too; null when it does not. */
  previousSecretUntil: isoTime.nullable(),
  failingSince: isoTime.nullable(),
  /** Until when the receiver is left alone after failures; null when it is not. */
  pausedUntil: isoTime.nullable(),
  lastSuccessAt: isoTime.nullable(),
  lastFailureAt: isoTime.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.enum(ATTEMPT_ERRORS).nullable(),
  /** Deliveries that wait, and that were given up and are still kept. */
  waiting: z.number().int(),
  failed: z.number().int(),
  createdAt: isoTime,
  createdBy: z.string().nullable(),
  updatedAt: isoTime,
})
export type Webhook = z.infer<typeof webhookSchema>

export const deliverySchema = z.object({
  id: z.string(),
  event: z.enum([...WEBHOOK_EVENTS, 'webhook.test']),
  /** What it is about: a channel, a connection or a room. */
  subject: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
  /** Null when it waits no more. */
  nextAttemptAt: isoTime.nullable(),
  lastStatus: z.number().int().nullable(),
  lastDurationMs: z.number().int().nullable(),
})
export type WebhookDelivery = z.infer<typeof deliverySchema>

export const deliveryDetailSchema = deliverySchema.extend({
  /** The body as it is sent. */
  payload: z.string(),
  /** The newest attempts, the oldest of them first. */
  history: z.array(attemptSchema),
})
export type WebhookDeliveryDetail = z.infer<typeof deliveryDetailSchema>

const withSecret = z.object({
  webhook: webhookSchema,
  /** Verifies the signatures; shown this once. */
  secret: z.string(),
})

export const listWebhooks = operation({
  method: 'get',
  path: '/api/webhooks',
  access: 'view',
  summary: 'Lists the webhooks, by name, with how they fare.',
  query: z.object(paging),
  response: z.object({ webhooks: z.array(webhookSchema), nextCursor }),
})
export const createWebhook = operation({
  method: 'post',
  path: '/api/webhooks',
  access: 'admin',
  summary: 'Adds a webhook: events are sent to its address from now on. `secret` is shown this once.',
  body: z.strictObject({ ...fields, channels: fields.channels.default(['**']), enabled: z.boolean().default(true) }),
  status: 201,
  response: withSecret,
  refusals: [409],
})
export const getWebhook = operation({
  method: 'get',
  path: '/api/webhooks/:id',
  access: 'view',
  summary: 'Shows one webhook.',
  params: id,
  response: webhookSchema,
})
export const changeWebhook = operation({
  method: 'patch',
  path: '/api/webhooks/:id',
  access: 'admin',
  summary: 'Changes a webhook. One that is turned on again gets what happens from then on, and what still waits.',
  params: id,
  body: z.strictObject({
    name: fields.name.optional(),
    url: fields.url.optional(),
    events: fields.events.optional(),
    channels: fields.channels.optional(),
    enabled: z.boolean().optional(),
  }),
  response: webhookSchema,
})
export const deleteWebhook = operation({
  method: 'delete',
  path: '/api/webhooks/:id',
  access: 'admin',
  summary: 'Removes a webhook, with its deliveries, those that wait included.',
  params: id,
  status: 204,
  response: z.void(),
})
export const rotateWebhookSecret = operation({
  method: 'post',
  path: '/api/webhooks/:id/rotate',
  access: 'admin',
  summary: 'Gives a webhook a new secret, shown this once; the one before it signs too for some hours.',
  params: id,
  body: z.strictObject({ overlapHours: z.number().min(0).max(168).default(24) }).default({ overlapHours: 24 }),
  response: withSecret,
})
export const testWebhook = operation({
  method: 'post',
  path: '/api/webhooks/:id/test',
  access: 'admin',
  summary: 'Sends a `webhook.test` event now, once, and tells what came of it.',
  params: id,
  response: deliveryDetailSchema,
})
export const listDeliveries = operation({
  method: 'get',
  path: '/api/webhooks/:id/deliveries',
  access: 'view',
  summary: 'Lists a webhook’s deliveries, the newest first.',
  params: id,
  query: z.object({
    state: z.enum(DELIVERY_STATES).optional(),
    event: z.enum([...WEBHOOK_EVENTS, 'webhook.test']).optional(),
    ...paging,
  }),
  response: z.object({ deliveries: z.array(deliverySchema), nextCursor }),
})
const one = z.object({ id: z.string().min(1).max(200), deliveryId: z.string().min(1).max(200) })
export const getDelivery = operation({
  method: 'get',
  path: '/api/webhooks/:id/deliveries/:deliveryId',
  access: 'view',
  summary: 'Shows one delivery: what is sent, and what came of each attempt.',
  params: one,
  response: deliveryDetailSchema,
})
export const retryDelivery = operation({
  method: 'post',
  path: '/api/webhooks/:id/deliveries/:deliveryId/retry',
  access: 'admin',
  summary: 'Sends a delivery again, whatever came of it, under the same id.',
  params: one,
  status: 202,
  response: deliverySchema,
  refusals: [409],
})

/** The operations of this file, in the order in which papers list them. */
export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  listWebhooks,
  createWebhook,
  getWebhook,
  changeWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listDeliveries,
  getDelivery,
  retryDelivery,
]
