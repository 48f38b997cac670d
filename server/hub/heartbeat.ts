import type { Connection } from './connection.ts'

const SLOTS = 50

/**
 * One timer for all heartbeats: connections are spread over the slots of a wheel, and each tick serves one slot,
 * so that ten thousand of them cost an even trickle and never a burst.
 */
export class HeartbeatWheel {
  readonly #slots: Set<Connection>[] = Array.from({ length: SLOTS }, () => new Set())
  readonly #beat: (connections: Iterable<Connection>) => void
  #next = 0
  #current = 0
  #timer: NodeJS.Timeout | undefined

  /** `beat` is called each tick with the connections whose turn it is. */
  constructor(beat: (connections: Iterable<Connection>) => void) {
    this.#beat = beat
  }

  /** Starts, or goes on at another pace: each connection gets its turn once in `intervalSeconds`. */
  setInterval(intervalSeconds: number): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#tick(), (intervalSeconds * 1000) / SLOTS)
    this.#timer.unref()
  }

  add(connection: Connection): void {
    connection.slot = this.#next
    this.#slots[this.#next]!.add(connection)
    this.#next = (this.#next + 1) % SLOTS
  }

  remove(connection: Connection): void {
    this.#slots[connection.slot]!.delete(connection)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    this.#current = (this.#current + 1) % SLOTS
    const slot = this.#slots[this.#current]!
    if (slot.size > 0) this.#beat(slot)
  }
}
