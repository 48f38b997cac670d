import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import { DEFAULT_CHANNEL, type JsonObject, RESERVED_TYPES } from '../../shared/protocol.ts'
import { isMarkedNumber, stringifyExact } from '../../shared/exact-json.ts'

/** A checked message that has no place in the log yet. */
export interface Draft {
  channel: string
  type: string
  /** The publisher's own fields as JSON text, without the reserved ones: `{…}`. */
  rest: string
}

/**
 * Checks what a publisher wrote and parts the reserved fields from his own (contract §5).
 * The channel is the message's own, else `fallbackChannel`, else `broadcast`. `maxBytes` is of the message's JSON text.
 * @throws YayinError `invalid`, `invalid_channel`, `reserved_type`, `too_large`
 */
export function readDraft(value: unknown, fallbackChannel?: string, maxBytes = Infinity): Draft {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new YayinError('invalid', `a message is a JSON object, not ${describe(value)}`)
  }
  // Whatever the publisher wrote into the server's own fields is dropped here.
  const { id: _id, timestamp: _timestamp, from: _from, channel: own, type: ownType, ...rest } = value as JsonObject
  const type = ownType ?? 'message'
  const channel = own ?? fallbackChannel ?? DEFAULT_CHANNEL
  if (typeof channel !== 'string' || !isChannel(channel)) {
    throw new YayinError('invalid_channel', `${show(channel)} is no channel: ${CHANNEL_RULE}`)
  }
  if (typeof type !== 'string' || isMarkedNumber(type)) {
    throw new YayinError('invalid', `type is a string, not ${describe(type)}`)
  }
  if (RESERVED_TYPES.has(type)) {
    throw new YayinError('reserved_type', `the type ${type} is the server's own; choose another`)
  }
  const draft = { channel, type, rest: stringify(rest) }
  checkSize(draft, value as JsonObject, maxBytes)
  return draft
}

/** Most bytes of one character (UTF-16 unit) in UTF-8, and the most that the reserved fields and their names take. */
const MAX_BYTES_PER_CHARACTER = 3
const RESERVED_BYTES = 2048

function checkSize({ type, rest }: Draft, value: JsonObject, maxBytes: number): void {
  // Nearly every message is far below the limit, which its number of characters tells.
  if ((rest.length + type.length) * MAX_BYTES_PER_CHARACTER + RESERVED_BYTES <= maxBytes) return
  const bytes = Buffer.byteLength(stringify(value))
  if (bytes <= maxBytes) return
  throw new YayinError('too_large', `the message is ${bytes} bytes long; at most ${maxBytes} are allowed`)
}

/** Writes a message as JSON text, whole but for its `id`; `from` null leaves it out. */
export function encodeBody(draft: Draft, timestamp: string, from: string | null): string {
  const { channel, type, rest } = draft
  const sender = from === null ? '' : `,"from":${JSON.stringify(from)}`
  const head = `{"channel":"${channel}","timestamp":"${timestamp}","type":${JSON.stringify(type)}${sender}`
  return rest === '{}' ? `${head}}` : `${head},${rest.slice(1)}`
}

/** Writes what is to be kept of a message until it is published: JSON text that {@link readDraft} reads. */
export function encodeDraft({ type, rest }: Draft): string {
  const head = `{"type":${JSON.stringify(type)}`
  return rest === '{}' ? `${head}}` : `${head},${rest.slice(1)}`
}

function stringify(value: JsonObject): string {
  try {
    return stringifyExact(value)
  } catch (error) {
    if (error instanceof RangeError) throw new YayinError('invalid', 'the message is nested too deeply')
    throw error
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return isMarkedNumber(value) ? 'a number' : `a ${typeof value}`
}

function show(value: unknown): string {
  return typeof value === 'string' && !isMarkedNumber(value) ? JSON.stringify(value.slice(0, 220)) : describe(value)
}
