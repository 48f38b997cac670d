import type { ConnectionInfo } from '../../../../shared/api.ts'
import { hasWildcard, isPattern, matches } from '../../../../shared/channel.ts'

/** What the search looks through, lowered once per row: ten thousand are searched with each key. */
export function textOf(row: ConnectionInfo): string {
  let text = texts.get(row)
  if (text === undefined) {
    text = [row.id, row.userId, row.name, row.ip, row.userAgent, ...row.channels]
      .filter(Boolean)
      .join(' ')
      .toLowerCase()
    texts.set(row, text)
  }
  return text
}

const texts = new WeakMap<ConnectionInfo, string>()

/** Tells whether a connection follows a channel, by its name or by a pattern, or follows a given pattern itself. */
export function follows({ channels }: ConnectionInfo, wanted: string): boolean {
  if (channels.includes(wanted)) return true
  if (!isPattern(wanted)) return channels.some((channel) => channel.includes(wanted))
  return channels.some((channel) => (hasWildcard(wanted) ? matches(wanted, channel) : matches(channel, wanted)))
}

export function isOf({ userId, name }: ConnectionInfo, wanted: string): boolean {
  return userId === wanted || (name ?? '').toLowerCase().includes(wanted.toLowerCase())
}

/** An address, or the beginning of one. */
export function comesFrom({ ip }: ConnectionInfo, wanted: string): boolean {
  return ip.startsWith(wanted)
}
