const WEBHOOK_EVENTS = [
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

/** One attempt at a delivery, as it is kept. */
export interface AttemptRecord {
  at: string
  durationMs: number
  /** Null when there was no answer. */
  status: number | null
  /** Why there was none, or why it does not count; null for a success. */
  error: string | null
  /** The beginning of the answer’s body. */
  response: string
}
