import type { WebhookEvent } from '../../shared/webhooks.ts'

/** Writes the body of an event; `data` is JSON text. */
export function payloadOf(event: WebhookEvent, timestamp: string, data: string): string {
  return `{"type":"${event}","timestamp":"${timestamp}","data":${data}}`
}

/** Writes the body that tells of a message, from its stored text, which is whole but for its id. */
export function messagePayload(epoch: string, offset: number, body: string): string {
  // The server writes the channel and the time first; neither can hold a quote.
  const timestamp = /"timestamp":"([^"]+)"/.exec(body)?.[1] ?? new Date().toISOString()
  return payloadOf('message.published', timestamp, `{"id":"${epoch}.${offset}",${body.slice(1)}`)
}
