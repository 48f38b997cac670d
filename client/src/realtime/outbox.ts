import type { Receipt } from './messages.ts'
import { RequestError } from './request.ts'

/** One message on its way out. */
export interface Publication {
  channel: string
  message: object
  ephemeral: boolean
  /** Whether this client's own connection gets it too. */
  echo: boolean
  /** The same key publishes once, however often it is sent. */
  idempotencyKey: string
}

/** `held`: the hub can not be reached for now. `stopped`: nothing will be tried again unless the app does something. */
export type OutboxStanding = 'open' | 'held' | 'stopped'

export interface OutboxOptions {
  /** Sends one; called again with the same one when the answer did not come. */
  send: (publication: Publication, signal: AbortSignal | undefined) => Promise<Receipt>
  standing: () => OutboxStanding
  /** Picks the wait in milliseconds before the given attempt. */
  waitMs: (attempt: number) => number
}

/** Messages that wait to be published, in their order. */
export interface Outbox {
  /** Resolves once it is published; rejects when it is refused, when too many wait, or with the signal's reason. */
  add(publication: Publication, signal?: AbortSignal): Promise<Receipt>
  /** Goes on: the hub may be reached again. */
  flush(): void
  /** Rejects whatever waits. */
  close(reason: Error): void
}

interface Job {
  publication: Publication
  signal: AbortSignal | undefined
  resolve: (receipt: Receipt) => void
  reject: (reason: unknown) => void
}

/** Most messages that wait at one time. */
const MAX_WAITING = 100
/** Statuses with which the same request may succeed later. */
const PASSING = [408, 425, 429, 502, 503, 504]

/**
 * Creates a queue that publishes one message after the other, so that they get into the log in the order of the calls.
 * Ephemeral ones, which have no place in the log, are sent when it is their turn, without waiting and once.
 */
export function createOutbox({ send, standing, waitMs }: OutboxOptions): Outbox {
  const jobs: Job[] = []
  let running = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    if (running) return
    running = true
    clearTimeout(timer)
    for (let job = jobs[0]; job && standing() !== 'held'; job = jobs[0]) {
      if (job.publication.ephemeral) {
        drop(job)
        send(job.publication, job.signal).then(job.resolve, job.reject)
        continue
      }
      try {
        const receipt = await send(job.publication, job.signal)
        failures = 0
        job.resolve(receipt)
      } catch (error) {
        if (jobs[0] === job && mayPass(error) && standing() !== 'stopped') {
          const waitedMs = error instanceof RequestError ? error.retryAfterMs : null
          timer = setTimeout(flush, waitedMs ?? waitMs(++failures))
          break
        }
        job.reject(error)
      }
      // It may have been taken out by its signal.
      drop(job)
    }
    running = false
  }

  function flush(): void {
    void run()
  }

  function drop(job: Job): void {
    const at = jobs.indexOf(job)
    if (at >= 0) jobs.splice(at, 1)
  }

  return {
    add: (publication, signal) =>
      new Promise<Receipt>((resolve, reject) => {
        signal?.throwIfAborted()
        if (jobs.length >= MAX_WAITING) {
          throw new RequestError(0, 'queue_full', `${MAX_WAITING} messages wait to be published already`)
        }
        const job: Job = { publication, signal, resolve, reject }
        jobs.push(job)
        signal?.addEventListener('abort', () => {
          drop(job)
          reject(signal.reason as Error)
        })
        flush()
      }),
    flush,
    close(reason) {
      clearTimeout(timer)
      for (const { reject } of jobs.splice(0)) reject(reason)
    },
  }
}

/** Whatever is no answer of the hub is a network that failed. */
function mayPass(error: unknown): boolean {
  return !(error instanceof RequestError) || PASSING.includes(error.status)
}
