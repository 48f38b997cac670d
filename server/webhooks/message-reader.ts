import type { Logger } from 'pino'
import type { EventLog } from '../store/event-log.ts'
import type { MessageReader, MessageStep, WebhookMessages } from '../store/webhook-messages.ts'
import { messagePayload } from './payload.ts'
import { isChosen } from './roster.ts'

export interface MessageReadingParts {
  messages: WebhookMessages
  /** The epoch that positions have now; the broker’s, which may keep another one than the database. */
  epoch: () => string
  eventLog: EventLog
  log: Pick<Logger, 'debug'>
}

/** Steps through the log in one go; then the other webhooks have their turn. */
const STEPS = 8

/**
 * Returns what carries new messages from the log to the outbox, for every webhook from where it has been. It resolves
 * with whether there was anything, and whether there is more that can be read at once.
 */
export function createMessageReading({ messages, epoch, eventLog, log }: MessageReadingParts) {
  async function read(first: MessageReader): Promise<{ found: number; isMore: boolean }> {
    let reader = first
    let found = 0
    for (let steps = 0; steps < STEPS; steps++) {
      const step = await messages.next(reader)
      if (step === null) {
        noteGap(reader, null)
        await messages.restart(reader)
        return { found, isMore: true }
      }
      if (step.trimmed > reader.offset) noteGap(reader, step.trimmed)
      if (step.through <= reader.offset) return { found, isMore: false }
      const captured = chosen(reader, step, epoch())
      // Another node was faster, or the webhook was changed: what is read next is decided anew.
      if (!(await messages.advance(reader, step.through, captured))) return { found, isMore: true }
      found += captured.length
      reader = { ...reader, offset: step.through }
    }
    return { found, isMore: true }
  }

  function noteGap({ id, offset }: MessageReader, trimmed: number | null): void {
    const data = { webhookId: id, from: offset, ...(trimmed !== null && { to: trimmed }) }
    const message =
      trimmed === null
        ? 'The log was replaced: a webhook may miss messages'
        : 'The log was trimmed before a webhook was told of it: messages are lost to it'
    eventLog.record({ level: 'error', type: 'webhook_gap', message, data, actor: 'system' })
  }

  return async (): Promise<{ found: number; isMore: boolean }> => {
    let found = 0
    let isMore = false
    for (const reader of await messages.readers()) {
      if (reader.isFull) continue
      const one = await read(reader).catch((err: unknown) => {
        log.debug({ err, webhookId: reader.id }, 'The log could not be read for a webhook')
        return { found: 0, isMore: false }
      })
      found += one.found
      isMore ||= one.isMore
    }
    return { found, isMore }
  }
}

function chosen({ channels }: MessageReader, { messages }: MessageStep, epoch: string) {
  return messages
    .filter(({ channel }) => isChosen(channels, channel))
    .map(({ channel, offset, body }) => ({ channel, payload: messagePayload(epoch, offset, body) }))
}
