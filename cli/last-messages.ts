import { channelMessages } from '../shared/api.ts'
import type { Message } from '../shared/protocol.ts'
import { callHub } from './hub-api.ts'
import type { HubAccess } from './hub-options.ts'

/** Reads the newest `count` messages of all channels together, as far as they are kept; the oldest first. */
export async function readLast(channels: readonly string[], count: number, access: HubAccess): Promise<Message[]> {
  const query = { limit: String(count) }
  const pages = await Promise.all(channels.map((name) => callHub(channelMessages, access, { params: { name }, query })))
  return newestOf(
    pages.map(({ items }) => items as Message[]),
    count,
  )
}

/** Puts pages of one log together, whatever their order, and keeps the newest `count`; the oldest of them first. */
export function newestOf(pages: readonly (readonly Message[])[], count: number): Message[] {
  const inOrder = pages.flat().toSorted((a, b) => offsetOf(a) - offsetOf(b))
  return inOrder.slice(-count)
}

/** The offset of a position `<epoch>.<offset>`. */
function offsetOf({ id }: Message): number {
  return Number(id?.split('.')[1])
}
