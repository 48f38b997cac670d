import {
  type Webhook,
  WEBHOOK_EVENTS,
  type WebhookDelivery,
  type WebhookDeliveryDetail,
} from '../../shared/webhooks.ts'
import { YayinError } from '../../shared/errors.ts'
import type { DeliveryRow } from '../store/webhook-deliveries.ts'
import type { CountedWebhook } from '../store/webhooks.ts'

/** Returns what was looked for. @throws YayinError `not_found` when it is not there */
export function foundWebhook<T>(row: T | null, id: string): T {
  if (row === null) throw new YayinError('not_found', `There is no webhook ${id.slice(0, 50)}.`)
  return row
}

/** Describes a webhook; what may be secret of its address is for admins alone. */
export function describeWebhook(row: CountedWebhook, isAdmin: boolean): Webhook {
  const { id, name, url, events, channels, enabled, disabledReason, lastStatus, lastError } = row
  const isOverlap = row.previousSecretUntil !== null && row.previousSecretUntil.getTime() > Date.now()
  return {
    id,
    name,
    url: isAdmin ? url : withoutQuery(url),
    events: WEBHOOK_EVENTS.filter((event) => events.includes(event)),
    channels,
    enabled,
    disabledReason,
    previousSecretUntil: isOverlap ? textOf(row.previousSecretUntil) : null,
    failingSince: textOf(row.failingSince),
    pausedUntil: textOf(row.pausedUntil),
    lastSuccessAt: textOf(row.lastSuccessAt),
    lastFailureAt: textOf(row.lastFailureAt),
    lastStatus,
    lastError,
    waiting: row.waiting,
    failed: row.failed,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    updatedAt: row.updatedAt.toISOString(),
  }
}

function textOf(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

/** Describes a delivery with all that is kept of it. */
export function describeDeliveryDetail(row: DeliveryRow): WebhookDeliveryDetail {
  return { ...describeDelivery(row), payload: row.payload, history: row.history }
}

/** Describes a delivery as lists show it. */
export function describeDelivery(row: DeliveryRow): WebhookDelivery {
  const { id, event, subject, state, attempts, lastStatus, lastDurationMs } = row
  return {
    id,
    event,
    subject,
    state,
    attempts,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    nextAttemptAt: state === 'waiting' ? row.nextAttemptAt.toISOString() : null,
    lastStatus,
    lastDurationMs,
  }
}

/** An address without what may be secret in it. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
