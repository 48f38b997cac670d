import { YayinError } from '../../shared/errors.ts'
import type { Append } from './broker.ts'

/** Most messages and most characters of one commit. */
const MAX_GROUP_MESSAGES = 1024
const MAX_GROUP_CHARACTERS = 4 * 1024 * 1024
/** What may wait for a commit; beyond it publishers are told to come again. */
const MAX_WAITING_MESSAGES = 100_000
const MAX_WAITING_CHARACTERS = 128 * 1024 * 1024

/** A turn of the event loop that takes longer may have left publishes unread. */
const LONG_TURN_MS = 0.5

/** An append that waits for its commit. */
export interface Waiting extends Append {
  resolve(firstOffset: number): void
  reject(error: unknown): void
}

/**
 * Gathers appends: those that arrive while a commit is under way go into the next one, in the order they came.
 * One commit runs at a time. Scheduled messages, which may be refused by themselves, have a commit of their own.
 */
export class GroupCommit {
  readonly #commit: (group: readonly Waiting[]) => Promise<void>
  #waiting: Waiting[] = []
  #messages = 0
  #characters = 0
  #running = false
  #idle: (() => void)[] = []

  /** `commit` settles every append that it is given, and never rejects. */
  constructor(commit: (group: readonly Waiting[]) => Promise<void>) {
    this.#commit = commit
  }

  /** Adds an append to the next commit. Rejects with `unavailable` when too many wait already. */
  add(append: Append): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#messages >= MAX_WAITING_MESSAGES || this.#characters >= MAX_WAITING_CHARACTERS) {
        reject(new YayinError('unavailable', 'too many messages wait to be written', { retryAfterSeconds: 1 }))
        return
      }
      this.#waiting.push({ ...append, resolve, reject })
      this.#measure(append, 1)
      // Appends of the same turn of the event loop share the first commit too.
      if (!this.#running) {
        this.#running = true
        setImmediate(() => void this.#run())
      }
    })
  }

  /** Resolves once nothing waits any more. */
  idle(): Promise<void> {
    return this.#running ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve()
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#commit(this.#take())
      await nextGroup()
    }
    this.#running = false
    for (const done of this.#idle.splice(0)) done()
  }

  #take(): Waiting[] {
    let messages = 0
    let characters = 0
    let count = 0
    for (const append of this.#waiting) {
      const size = charactersOf(append)
      const full = messages + append.messages.length > MAX_GROUP_MESSAGES || characters + size > MAX_GROUP_CHARACTERS
      const apart = append.scheduled !== undefined || this.#waiting[0]!.scheduled !== undefined
      if ((full || apart) && count > 0) break
      messages += append.messages.length
      characters += size
      count++
    }
    const group = this.#waiting.splice(0, count)
    for (const append of group) this.#measure(append, -1)
    return group
  }

  #measure(append: Append, sign: 1 | -1): void {
    this.#messages += sign * append.messages.length
    this.#characters += sign * charactersOf(append)
  }
}

/**
 * Resolves when the next group may be taken. The last one is being written to its connections in this turn of the event
 * loop; if that takes long, what arrived meanwhile is still unread, and is let in: with many connections it is the number
 * of groups that costs, not that of messages.
 */
async function nextGroup(): Promise<void> {
  const sinceMs = performance.now()
  await turnEnd()
  if (performance.now() - sinceMs > LONG_TURN_MS) await turnEnd()
}

function turnEnd(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function charactersOf(append: Append): number {
  let sum = 0
  for (const { body } of append.messages) sum += body.length
  return sum
}
