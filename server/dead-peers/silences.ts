import type { UnansweredSocket } from './proc-net.ts'

/**
 * Least times that the system has sent again before the other side may count as gone. The first pause is what the link's
 * round trips make of it, 0.2 s at least, and each is twice the one before: three times take seven such pauses, 1.4 s on a
 * quick link, 21 s on one that takes 3 s to answer, which is so given the time that it needs.
 */
const LEAST_TRIES = 3

interface Silence {
  socket: UnansweredSocket
  sinceMs: number
}

/** A socket that has had no answer for a while. */
export interface SilentSocket {
  ends: string
  forMs: number
}

/** Remembers since when sockets have had no answer. */
export class Silences {
  #known = new Map<string, Silence>()

  /**
   * Takes those that have no answer at `nowMs`, and returns the ones that have had none for `leastMs`, however often they
   * were looked at. Time counts from the first look: an answer between two looks begins it anew, since it takes something
   * off the tries or what is unacknowledged.
   */
  note(sockets: readonly UnansweredSocket[], nowMs: number, leastMs: number): SilentSocket[] {
    const known = new Map<string, Silence>()
    const silent: SilentSocket[] = []
    for (const socket of sockets) {
      const before = this.#known.get(socket.ends)
      const sinceMs = before !== undefined && isSameSilence(before.socket, socket) ? before.sinceMs : nowMs
      known.set(socket.ends, { socket, sinceMs })
      const forMs = nowMs - sinceMs
      if (forMs >= leastMs && socket.tries >= LEAST_TRIES) silent.push({ ends: socket.ends, forMs })
    }
    this.#known = known
    return silent
  }
}

function isSameSilence(before: UnansweredSocket, now: UnansweredSocket): boolean {
  return now.tries >= before.tries && now.unacknowledged >= before.unacknowledged
}
