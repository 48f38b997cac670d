import type { WebSocket } from 'ws'

/** Where the library keeps what it took from its options when the connection opened. */
const RECEIVER = '_receiver'
const LIMIT = '_maxPayload'

/** Lets an open connection's client send messages of up to so many bytes from now on; beyond, it is closed with 1009. */
export function limitPayload(ws: WebSocket, maxBytes: number): void {
  const receiver: unknown = Reflect.get(ws, RECEIVER)
  if (typeof receiver === 'object' && receiver !== null && LIMIT in receiver) receiver[LIMIT] = maxBytes
}
