import { setTimeout as delay } from 'node:timers/promises'
import type { Draft } from '../../hub/message.ts'

/** Most messages that are published together. */
const MAX_BATCH = 500
/** Pauses before a batch that could not be made durable is tried again, in milliseconds; the last one goes on. */
const RETRY_MS = [100, 250, 500, 1000, 2000]

interface Waiting {
  draft: Draft
  resolve: () => void
}

/**
 * Publishes messages in the order they came, those that wait together; one batch is under way at a time, and is tried
 * until it is durable. So the order holds, and what comes in while the log can not be written waits.
 */
export class Intake {
  /** Messages that are durable. */
  published = 0
  readonly #publish: (drafts: readonly Draft[]) => Promise<unknown>
  readonly #onFailure: (error: unknown) => void
  readonly #stopped = new AbortController()
  #waiting: Waiting[] = []
  #running: Promise<void> | null = null

  /** `publish` makes drafts durable, all or none; `onFailure` hears why it could not. */
  constructor(publish: (drafts: readonly Draft[]) => Promise<unknown>, onFailure: (error: unknown) => void) {
    this.#publish = publish
    this.#onFailure = onFailure
  }

  /** Resolves once the message is durable; never, when the intake is stopped before. */
  add(draft: Draft): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ draft, resolve })
      this.#running ??= this.#run()
    })
  }

  /** Resolves once nothing waits. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  /** Gives up what waits. */
  stop(): void {
    this.#stopped.abort()
  }

  async #run(): Promise<void> {
    // What the same read of the socket brings goes out together.
    await new Promise((resolve) => setImmediate(resolve))
    for (let failures = 0; this.#waiting.length > 0 && !this.#stopped.signal.aborted;) {
      const batch = this.#waiting.slice(0, MAX_BATCH)
      try {
        await this.#publish(batch.map(({ draft }) => draft))
        failures = 0
        this.published += batch.length
        this.#waiting.splice(0, batch.length)
        for (const { resolve } of batch) resolve()
      } catch (error) {
        this.#onFailure(error)
        const pauseMs = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]
        await delay(pauseMs, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined)
      }
    }
    this.#running = null
  }
}
