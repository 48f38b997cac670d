import { stringifyExact } from '../../../shared/exact-json.ts'
import type { Message } from '../../../shared/protocol.ts'

const MAX_CHARACTERS = 240

/** What a row shows of a message: its own fields as compact JSON, without those that stand in columns. */
export function preview(message: Message): string {
  const { id: _id, channel: _channel, timestamp: _timestamp, type: _type, from: _from, ...own } = message
  return shorten(stringifyExact(own))
}

/** Cuts a text to what a row can show. */
export function shorten(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
}
