import type { Message } from '../shared/protocol.ts'
import type { Paint } from './paint.ts'

const ENVELOPE: ReadonlySet<string> = new Set(['id', 'channel', 'timestamp', 'type', 'from'])

/** Writes a message for people, on one line: `14:03:22.123  orders/7  order_paid  total=49 by=ada`. */
export function formatMessage(message: Message, paint: Paint): string {
  const { channel, timestamp, type, from } = message
  const fields = Object.entries(message).filter(([name]) => !ENVELOPE.has(name))
  const parts = [
    paint('dim', clockOf(timestamp)),
    paint('cyan', printable(channel)),
    paint('bold', printable(type)),
    ...(from === undefined ? [] : [paint('magenta', `@${printable(from)}`)]),
    fields
      .map(([name, value]) => `${paint('dim', `${printable(name)}=`)}${printable(JSON.stringify(value))}`)
      .join(' '),
  ]
  return parts.filter((part) => part !== '').join('  ')
}

/** The time of day on this machine, to the millisecond. */
function clockOf(timestamp: string): string {
  const at = new Date(timestamp)
  if (Number.isNaN(at.getTime())) return ''
  const two = (n: number) => String(n).padStart(2, '0')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
  return `${time}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** What a message holds must not steer the terminal that shows it, nor turn its line around. */
function printable(text: string): string {
  const escape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, escape)
}
