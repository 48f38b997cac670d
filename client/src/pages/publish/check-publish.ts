import { isChannel, isPublishable } from '../../../../shared/channel.ts'
import { type JsonObject, RESERVED_TYPES } from '../../../../shared/protocol.ts'
import { MAX_SCHEDULE_DAYS } from '../../../../shared/scheduled.ts'
import { checkJson, type JsonFault } from '../../lib/check-json.ts'

/** What is being written, unchecked. */
export interface PublishDraft {
  channel: string
  /** JSON text of the whole message but for its channel. */
  content: string
  ephemeral: boolean
  /** As a date field holds it, in the reader's zone; null to publish at once. */
  deliverAt: string | null
}

/** What is wrong with what is written. */
export type ContentFault =
  | { kind: 'json'; fault: JsonFault; line: number; column: number; found: string }
  | { kind: 'not_object' }
  | { kind: 'reserved'; type: string }
  | { kind: 'own_channel' }

export interface CheckedDraft {
  channel: 'ok' | 'bad' | 'closed'
  content: ContentFault | null
  time: 'ok' | 'bad' | 'ephemeral'
  /** The message, once it is one. */
  message: JsonObject | null
  /** ISO 8601; null for now. */
  deliverAt: string | null
  /** Whether all of it can be sent. */
  isReady: boolean
}

const DAY_MS = 86_400_000

/** Checks a draft as the server will; `nowMs` is epoch milliseconds. */
export function checkPublish(draft: PublishDraft, nowMs: number): CheckedDraft {
  const name = draft.channel.trim()
  const channel = !isChannel(name) ? 'bad' : isPublishable(name) ? 'ok' : 'closed'
  const read = readContent(draft.content)
  const time = checkTime(draft, nowMs)
  const message = 'message' in read ? read.message : null
  return {
    channel,
    content: 'message' in read ? null : read,
    time,
    message,
    deliverAt: draft.deliverAt === null || time === 'bad' ? null : new Date(draft.deliverAt).toISOString(),
    isReady: channel === 'ok' && message !== null && time === 'ok',
  }
}

function readContent(text: string): { message: JsonObject } | ContentFault {
  const checked = checkJson(text)
  if (!checked.ok) {
    const { fault, line, column, found } = checked
    return { kind: 'json', fault, line, column, found }
  }
  const { value } = checked
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'not_object' }
  const message = value as JsonObject
  if (Object.hasOwn(message, 'channel')) return { kind: 'own_channel' }
  const { type } = message
  if (typeof type === 'string' && RESERVED_TYPES.has(type)) return { kind: 'reserved', type }
  return { message }
}

function checkTime({ deliverAt, ephemeral }: PublishDraft, nowMs: number): CheckedDraft['time'] {
  if (deliverAt === null) return 'ok'
  if (ephemeral) return 'ephemeral'
  const atMs = new Date(deliverAt).getTime()
  return atMs > nowMs && atMs <= nowMs + MAX_SCHEDULE_DAYS * DAY_MS ? 'ok' : 'bad'
}
