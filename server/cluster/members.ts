import { hostname } from 'node:os'
import type { Stats } from '../../shared/api.ts'
import type { Hub } from '../hub/hub.ts'

/** How often a node says that it lives, in milliseconds. */
export const ALIVE_EVERY_MS = 2000
/** A node that was not heard of for this long may be in trouble. */
export const AWAY_AFTER_MS = 3 * ALIVE_EVERY_MS
/** A node that was not heard of for this long is gone. */
const GONE_AFTER_MS = 9000
/** For how long it is still known who went without a goodbye. */
const LOST_FOR_MS = 300_000
/** Most of those. */
const MAX_LOST = 50

/** What a node says of itself. */
export interface NodeStatus {
  /** Name of its machine. */
  host: string
  pid: number
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
  /** What its figures of the past are kept under; nodes of older versions don't say. */
  historyName?: string
}

/** Picks from the figures what the other nodes are told. */
export function nodeStatus(stats: Stats, hub: Pick<Hub, 'head'>, draining: boolean): NodeStatus {
  const { version, startedAt, connections, messages, eventLoopLagMs, memory, cpu } = stats
  return {
    host: hostname(),
    pid: process.pid,
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

interface Known {
  status: NodeStatus
  /** How far its newest offset was behind this node's when it was heard; their figures of one moment are comparable. */
  behind: number
  /** By this node's monotonic clock, so that no node's idea of the time matters. */
  heardAtMs: number
}

/** Another node as it was last heard. */
export interface Member {
  node: string
  status: NodeStatus
  behind: number
  silentMs: number
}

/** Knows which other nodes live. */
export class Members {
  readonly #members = new Map<string, Known>()
  /** Those that fell silent without a goodbye. */
  readonly #lost = new Map<string, Known>()
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

  /** `head` is this node's newest offset. */
  heard(node: string, status: NodeStatus, nowMs: number, head: number): void {
    this.#lost.delete(node)
    this.#members.set(node, { status, behind: Math.max(0, head - status.head), heardAtMs: nowMs })
  }

  gone(node: string): void {
    if (this.#members.delete(node)) this.#onGone(node)
  }

  /** Gives up those that were silent for too long. */
  sweep(nowMs: number): void {
    for (const [node, known] of this.#members) {
      if (nowMs - known.heardAtMs <= GONE_AFTER_MS) continue
      this.#lost.set(node, known)
      this.gone(node)
    }
    for (const [node, { heardAtMs }] of this.#lost) {
      if (nowMs - heardAtMs > LOST_FOR_MS || this.#lost.size > MAX_LOST) this.#lost.delete(node)
    }
  }

  list(nowMs: number): Member[] {
    return listOf(this.#members, nowMs)
  }

  /** Those that fell silent within the last minutes, as they were last heard. */
  lost(nowMs: number): Member[] {
    return listOf(this.#lost, nowMs)
  }
}

function listOf(known: ReadonlyMap<string, Known>, nowMs: number): Member[] {
  return [...known].map(([node, { status, behind, heardAtMs }]) => ({
    node,
    status,
    behind,
    silentMs: nowMs - heardAtMs,
  }))
}
