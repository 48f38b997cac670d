import type { TcpLink } from './link.ts'

/** Newcomers who come within this time of each other are greeted together, in milliseconds. */
const TOGETHER_MS = 1

/**
 * Lets the first bytes of newcomers go. One who comes alone gets them at once. Of thousands who come after a restart
 * those of the same millisecond or two get them one right after the other: written one by one as they come, each would
 * wake the other side anew, a proxy or a client on the same machine, and that costs more than all else about a write.
 */
export class Greetings {
  #waiting: TcpLink[] = []
  #lastMs = -Infinity

  /** Writes what a link has held, now or in a moment. */
  letGo(link: TcpLink): void {
    if (this.#waiting.length === 0) {
      const nowMs = performance.now()
      const isAlone = nowMs - this.#lastMs > TOGETHER_MS
      this.#lastMs = nowMs
      if (isAlone) return link.letGo()
      setTimeout(() => this.#letAllGo(), TOGETHER_MS)
    }
    this.#waiting.push(link)
  }

  #letAllGo(): void {
    const waiting = this.#waiting
    this.#waiting = []
    this.#lastMs = performance.now()
    for (const link of waiting) link.letGo()
  }
}
