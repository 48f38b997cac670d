import type { RedisClient } from './redis-connect.ts'

/** How long a replica may take to have what was written, in milliseconds. */
const REPLICA_MS = 1000
/** How often it is asked whether there are replicas while there are none. */
const ASK_EVERY_MS = 1000

/**
 * Makes sure that what one connection writes, and everything before it, has reached a replica, if Redis has any: what
 * only the primary has is lost with it.
 */
export class Replication {
  readonly #client: RedisClient
  #replicas = 0
  #askedAtMs = -Infinity

  constructor(client: RedisClient) {
    this.#client = client
  }

  /** Tells whether it is time to write something, so as to wait for it. */
  isDue(): boolean {
    return this.#replicas > 0 || performance.now() - this.#askedAtMs > ASK_EVERY_MS
  }

  /**
   * Runs a script that writes, and resolves with its result once a replica has that; `replicasOf` finds their number in
   * the result. Rejects when none has it within a second.
   */
  async after(args: readonly (string | number)[], replicasOf: (result: unknown) => number): Promise<unknown> {
    const pipeline = this.#client.pipeline().call('EVAL', ...args)
    // In the same breath, if there were some a moment ago.
    const isWaiting = this.#replicas > 0
    if (isWaiting) pipeline.call('WAIT', 1, REPLICA_MS)
    const [done, waited] = (await pipeline.exec()) ?? []
    if (done === undefined) throw new Error('Redis gave no answer')
    const [error, result] = done
    if (error !== null) throw error
    const replicas = replicasOf(result)
    if (isWaiting && replicas > 0) this.#check(replicas, waited?.[1])
    else await this.settled(replicas)
    return result
  }

  /** Waits until a replica has what was written last over this connection; at once where `replicas` is 0. */
  async settled(replicas: number): Promise<void> {
    if (replicas > 0) this.#check(replicas, await this.#client.wait(1, REPLICA_MS))
    this.#note(replicas)
  }

  #check(replicas: number, reached: unknown): void {
    this.#note(replicas)
    if (Number(reached) < 1 || reached === undefined) throw new Error(`no replica had it within ${REPLICA_MS} ms`)
  }

  #note(replicas: number): void {
    this.#replicas = replicas
    this.#askedAtMs = performance.now()
  }
}
