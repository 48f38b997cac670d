import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Sink } from '../../hub/wire.ts'
import { limitPayload } from './payload-limit.ts'
import { isHeartbeat } from './wire.ts'

/** Pings that may go unanswered before a client counts as gone. */
const MAX_UNANSWERED = 2

/** Writes ready-made frames to the socket; after a close frame nothing more may follow (RFC 6455 §5.5.1). */
export class SocketSink implements Sink {
  readonly #ws: WebSocket
  readonly #socket: Socket
  readonly #onSilent: () => void
  #unanswered = 0

  /** `onSilent` is called when a ping is due and the last two were not answered. */
  constructor(ws: WebSocket, socket: Socket, onSilent: () => void) {
    this.#ws = ws
    this.#socket = socket
    this.#onSilent = onSilent
  }

  write(bytes: Buffer): boolean {
    if (this.#ws.readyState !== this.#ws.OPEN) return false
    if (isHeartbeat(bytes) && !this.#isAnswering()) return false
    return this.#socket.write(bytes)
  }

  get writableLength(): number {
    return this.#socket.writableLength
  }

  /** Sets the longest frame that the client may send, in bytes. */
  limit(maxBytes: number): void {
    limitPayload(this.#ws, maxBytes)
  }

  /** Notes that the client gave a sign of life. */
  alive(): void {
    this.#unanswered = 0
  }

  #isAnswering(): boolean {
    // What a client sends while it is not read can not be seen.
    if (this.#ws.isPaused) return true
    if (++this.#unanswered <= MAX_UNANSWERED) return true
    this.#onSilent()
    return false
  }
}
