import type { Message } from '../../../shared/protocol.ts'
import type { ChatLine, Person } from './snapshot.ts'

/** Lines that are kept in the page; the room's channel holds the rest. */
const MAX_LINES = 1000

/** Reads a message of the room's channel; null when it is no line of the chat. */
export function toChatLine(
  { id, type, from, text, name, timestamp }: Message,
  people: ReadonlyMap<string, Pick<Person, 'displayName'>>,
  selfId: string,
): ChatLine | null {
  if (type !== 'chat' || id === undefined || typeof text !== 'string') return null
  // Of somebody who is here the hub's word is taken, not their own.
  const present = from === undefined ? undefined : people.get(from)?.displayName
  return {
    id,
    participantId: from ?? null,
    name: present ?? (typeof name === 'string' ? name : ''),
    text,
    sentAtMs: Date.parse(timestamp),
    own: from === selfId,
  }
}

/** Adds lines that may be there already, as history and stream overlap; keeps log order. */
export function mergeChat(lines: readonly ChatLine[], more: readonly ChatLine[]): readonly ChatLine[] {
  const known = new Set(lines.map(({ id }) => id))
  const added = more.filter(({ id }) => !known.has(id))
  if (added.length === 0) return lines
  return [...lines, ...added].sort((a, b) => offsetOf(a.id) - offsetOf(b.id)).slice(-MAX_LINES)
}

function offsetOf(id: string): number {
  return Number(id.slice(id.indexOf('.') + 1))
}
