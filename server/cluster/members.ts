import type { Stats } from '../../shared/api.ts'
import type { Hub } from '../hub/hub.ts'

/** How often a node says that it lives, in milliseconds. */
export const ALIVE_EVERY_MS = 2000
/** A node that was not heard of for this long is gone. */
const GONE_AFTER_MS = 9000

/** What a node says of itself. */
export interface NodeStatus {
  version: string
  startedAt: string
  draining: boolean
  connections: number
  publishedPerSecond: number
  deliveredPerSecond: number
  eventLoopLagMs: number
  rssBytes: number
  cpu: number
  /** Newest offset that it has delivered. */
  head: number
}

/** Picks from the figures what the other nodes are told. */
export function nodeStatus(stats: Stats, hub: Pick<Hub, 'head'>, draining: boolean): NodeStatus {
  const { version, startedAt, connections, messages, eventLoopLagMs, memory, cpu } = stats
  return {
    version,
    startedAt,
    draining,
    connections: connections.current,
    publishedPerSecond: messages.publishedPerSecond,
    deliveredPerSecond: messages.deliveredPerSecond,
    eventLoopLagMs: eventLoopLagMs.p99,
    rssBytes: memory.rssBytes,
    cpu,
    head: hub.head,
  }
}

interface Member {
  status: NodeStatus
  /** By this node's monotonic clock, so that no node's idea of the time matters. */
  heardAtMs: number
}

/** Knows which other nodes live. */
export class Members {
  readonly #members = new Map<string, Member>()
  readonly #onGone: (node: string) => void

  /** `onGone` hears of each node that said goodbye, or was not heard of for 9 s. */
  constructor(onGone: (node: string) => void) {
    this.#onGone = onGone
  }

  get size(): number {
    return this.#members.size
  }

  /** Tells whether the node was known before. */
  has(node: string): boolean {
    return this.#members.has(node)
  }

  heard(node: string, status: NodeStatus, nowMs: number): void {
    this.#members.set(node, { status, heardAtMs: nowMs })
  }

  gone(node: string): void {
    if (this.#members.delete(node)) this.#onGone(node)
  }

  /** Gives up those that were silent for too long. */
  sweep(nowMs: number): void {
    for (const [node, { heardAtMs }] of this.#members) if (nowMs - heardAtMs > GONE_AFTER_MS) this.gone(node)
  }

  list(nowMs: number): { node: string; status: NodeStatus; silentMs: number }[] {
    return [...this.#members].map(([node, { status, heardAtMs }]) => ({ node, status, silentMs: nowMs - heardAtMs }))
  }
}
