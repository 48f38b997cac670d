import type { ConnectionInfo } from '../../shared/api.ts'
import type { WebhookEvent } from '../../shared/webhooks.ts'
import type { WebhookNews } from '../store/webhook-outbox.ts'
import { payloadOf } from './payload.ts'

/** Who was connected, as much as is known of one whose node has died. */
export type GoneConnection = Pick<
  ConnectionInfo,
  'id' | 'transport' | 'userId' | 'name' | 'ip' | 'channels' | 'connectedAt' | 'messagesSent' | 'bytesSent' | 'node'
>

/** Tells that somebody has connected. */
export function connectionOpened(info: ConnectionInfo): WebhookNews {
  const { id, transport, userId, name, ip, userAgent, channels, connectedAt, node } = info
  const data = { connectionId: id, transport, userId, name, ip, userAgent, channels, connectedAt, node }
  return newsOf('connection.opened', id, connectedAt, data)
}

/** Tells that somebody is gone; the reason is `lost` when their node died with them. */
export function connectionClosed(info: GoneConnection, reason: string, nowMs: number): WebhookNews {
  const { id, transport, userId, name, ip, channels, connectedAt, messagesSent, bytesSent, node } = info
  const durationSeconds = Math.round((nowMs - Date.parse(connectedAt)) / 100) / 10
  const who = { connectionId: id, transport, userId, name, ip, channels, connectedAt }
  const data = { ...who, reason, durationSeconds, messagesSent, bytesSent, node }
  return newsOf('connection.closed', id, new Date(nowMs).toISOString(), data)
}

function newsOf(event: WebhookEvent, subject: string, at: string, data: object): WebhookNews {
  return { event, subject, payload: payloadOf(event, at, JSON.stringify(data)), webhookIds: null }
}
