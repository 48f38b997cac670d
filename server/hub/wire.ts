/** A message ready to be put on a wire: encoded to JSON once, wrapped once per wire form. */
export interface Outgoing {
  /** Its position as text; null when ephemeral. */
  readonly id: string | null
  /** The whole message as JSON text. */
  readonly json: string
}

/** How a protocol puts things into bytes. A gateway has one instance per form, so that buffers can be shared. */
export interface Wire {
  /** Unique small number; indexes the caches of encoded buffers. */
  readonly index: number
  /** Encodes messages, in order, into one buffer. */
  messages(messages: readonly Outgoing[]): Buffer
  /** Encodes one of the server's own frames; `id` moves the client's position, `retryMs` its reconnection time. */
  frame(frame: object, options?: { id?: string; retryMs?: number }): Buffer
  /** Encodes a sign of life that moves the client's position, or null where the protocol has none. */
  heartbeat(id: string | null): Buffer | null
  /** Encodes a silent move of the client's position, or null where the protocol has none. */
  position(id: string): Buffer | null
  /** Reads the JSON texts back out of bytes that it made; for whoever watches a connection. */
  texts(bytes: Buffer): string[]
}

/** Where a connection's bytes go; a socket is one. */
export interface Sink {
  write(bytes: Buffer): boolean
  /** Bytes accepted but not yet taken by the system. */
  readonly writableLength: number
  /** The one that bytes go on to, of a sink that only listens to them. */
  readonly beneath?: Sink
}

let wires = 0

/** Hands out the next wire's index. */
export function nextWireIndex(): number {
  return wires++
}
