import { hasWildcard, matches } from '../../shared/channel.ts'
import type { History, LogEntry, LogPage } from '../brokers/broker.ts'
import type { Connection } from './connection.ts'
import { Delivery } from './delivery.ts'
import type { RecentLog } from './recent.ts'
import { ownChannelOf, reachOf } from './subscriptions.ts'
import type { Wire } from './wire.ts'

/** Entries taken from memory in one go. */
const MEMORY_PAGE = 256
/** No further page is written while this much is unsent. */
const HIGH_WATER_BYTES = 262_144
/** How long a reader may take to drain before it is given up. */
const DRAIN_DEADLINE_MS = 30_000
/** Pages read from the database at a time, over all connections. */
const MAX_READS = 8
/** How long a page stays at hand once it was read: clients that were cut together come back within seconds. */
const KEEP_PAGE_MS = 1000
/** Pages being read or kept, beyond which none is kept. */
const MAX_KEPT_PAGES = 32

/** What the replayer needs of its hub. */
export interface ReplayHost {
  readonly epoch: string
  /** Newest offset that was delivered. */
  readonly head: number
  readonly recent: RecentLog
  readonly history: History
  /** Messages that were handed out of the past. */
  replayed: number
}

export type ReplayOutcome =
  /** Everything up to the head was written, and the connection is live. */
  | 'live'
  /** The connection went away. */
  | 'closed'
  /** It was too slow: it stopped reading, or the history was trimmed away before it. */
  | 'too_slow'

/** A page with its bytes for connections that ask for the same. */
interface Page extends LogPage {
  deliveries: Delivery[]
  buffers: (Buffer | undefined)[]
}

/** What a connection follows, as one text and as a test. */
export interface Filter {
  patterns: readonly string[]
  key: string
  wants(channel: string): boolean
}

/** Describes what `connection` follows now; wildcards leave out the reserved namespaces for all but the privileged. */
export function filterOf(connection: Connection): Filter {
  const own = connection.addressed ? [ownChannelOf(connection.id)] : []
  const patterns = [...own, ...connection.ownChannels, ...connection.channels].sort()
  const exact = new Set(patterns.filter((pattern) => !hasWildcard(pattern)))
  const wild = patterns.filter(hasWildcard)
  return {
    patterns,
    key: `${connection.privileged ? '+' : '-'}${patterns.join()}`,
    wants: (channel) => exact.has(channel) || wild.some((pattern) => reaches(connection, pattern, channel)),
  }
}

/** Tells whether messages of `channel` come to a connection that follows `pattern`, which holds a wildcard. */
function reaches({ privileged }: Connection, pattern: string, channel: string): boolean {
  const reach = reachOf(channel)
  const named = privileged || !pattern.startsWith('*')
  return matches(pattern, channel) && (reach === 'all' || (reach === 'named' && named))
}

/** Returns the test for what a live connection has got, or gets, by what it follows already. */
export function hadBy(connection: Connection): (channel: string, offset: number) => boolean {
  const followed = [...connection.ownChannels, ...connection.channels].map((pattern) => ({
    pattern,
    from: connection.followedFrom?.get(pattern) ?? connection.startOffset,
  }))
  return (channel, offset) =>
    followed.some(
      ({ pattern, from }) =>
        offset > from && (pattern === channel || (hasWildcard(pattern) && reaches(connection, pattern, channel))),
    )
}

/**
 * Brings returning connections up to date: reads the log page by page from where each left off, and ends
 * in the turn in which nothing is missing any more, so that live delivery goes on without gap or repeat.
 * Connections that want the same page within a second share its read and its bytes.
 */
export class Replayer {
  readonly #host: ReplayHost
  readonly #pages = new Map<string, Promise<Page>>()
  #memory = { head: -1, pages: new Map<string, Page>() }
  #reads = 0
  readonly #waiting: (() => void)[] = []

  constructor(host: ReplayHost) {
    this.#host = host
  }

  /** Writes all that `connection` missed after its `offset`, then makes it live. Rejects when history can't be read. */
  async run(connection: Connection): Promise<ReplayOutcome> {
    while (connection.offset < this.#host.head) {
      if (!(await drained(connection))) return connection.mode === 'closed' ? 'closed' : 'too_slow'
      if (connection.offset >= this.#host.head) break
      const page = await this.#page(connection)
      if (connection.mode === 'closed') return 'closed'
      if (page.trimmed > connection.offset) return 'too_slow'
      this.#write(connection, page)
    }
    if (connection.mode === 'closed') return 'closed'
    // In the same turn as the check above: a message delivered in between would be lost.
    connection.mode = 'live'
    return 'live'
  }

  #write(connection: Connection, page: Page): void {
    const { deliveries } = page
    const { id, hasHad } = connection
    const isFor = ({ exclude, channel, offset }: Delivery) => exclude !== id && !hasHad?.(channel, offset)
    const all = deliveries.every(isFor)
    const own = all ? deliveries : deliveries.filter(isFor)
    if (own.length > 0) {
      connection.send(all ? encoded(page, connection.wire) : connection.wire.messages(own))
      connection.messagesSent += own.length
      this.#host.replayed += own.length
    }
    connection.offset = page.through
  }

  /** Returns the next page at once from memory, or a promise of it from the database. */
  #page(connection: Connection): Page | Promise<Page> {
    const filter = filterOf(connection)
    const key = `${this.#host.epoch}.${connection.offset}|${filter.key}`
    return this.#host.recent.covers(connection.offset)
      ? this.#fromMemory(connection.offset, filter, key)
      : this.#fromHistory(connection.offset, filter, key)
  }

  #fromMemory(after: number, filter: Filter, key: string): Page {
    const { head, recent } = this.#host
    if (this.#memory.head !== head) this.#memory = { head, pages: new Map() }
    let page = this.#memory.pages.get(key)
    if (!page) {
      const entries = recent.after(after, MEMORY_PAGE)
      page = this.#toPage({ entries, through: entries.at(-1)?.offset ?? head, trimmed: 0 }, filter)
      this.#memory.pages.set(key, page)
    }
    return page
  }

  #fromHistory(after: number, filter: Filter, key: string): Promise<Page> {
    let page = this.#pages.get(key)
    if (!page) {
      page = this.#read(after, filter)
      this.#pages.set(key, page)
      const forget = () => void this.#pages.delete(key)
      page.then(() => this.#keep(forget), forget)
    }
    return page
  }

  /** What was in the log after one offset stays so; what came since is on the next page. */
  #keep(forget: () => void): void {
    if (this.#pages.size > MAX_KEPT_PAGES) forget()
    else setTimeout(forget, KEEP_PAGE_MS).unref()
  }

  async #read(after: number, filter: Filter): Promise<Page> {
    // As of the filter: what comes later may be on channels that were joined in the meantime.
    const query = { after, upTo: this.#host.head, patterns: filter.patterns }
    await this.#turn()
    try {
      return this.#toPage(await this.#host.history.page(query), filter)
    } finally {
      this.#reads--
      this.#waiting.shift()?.()
    }
  }

  async #turn(): Promise<void> {
    while (this.#reads >= MAX_READS) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#reads++
  }

  #toPage(page: LogPage, filter: Filter): Page {
    const { epoch } = this.#host
    const toDelivery = (e: LogEntry) => new Delivery(e.channel, e.body, e.exclude, e.offset, epoch)
    const deliveries = page.entries.filter((entry) => filter.wants(entry.channel)).map(toDelivery)
    return { ...page, deliveries, buffers: [] }
  }
}

function encoded(page: Page, wire: Wire): Buffer {
  return (page.buffers[wire.index] ??= wire.messages(page.deliveries))
}

/** Waits until the connection can take more; false when it went away or took too long. */
async function drained(connection: Connection): Promise<boolean> {
  const deadlineMs = performance.now() + DRAIN_DEADLINE_MS
  let pauseMs = 1
  while (connection.mode !== 'closed' && connection.sink.writableLength > HIGH_WATER_BYTES) {
    if (performance.now() > deadlineMs) return false
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    pauseMs = Math.min(pauseMs * 2, 50)
  }
  return connection.mode !== 'closed'
}
