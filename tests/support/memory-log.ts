import type { Append, Broker, BrokerSink, History, LogEntry, LogPage, LogQuery } from '../../server/brokers/broker.ts'
import { matches } from '../../shared/channel.ts'

/** A log in memory: broker and history at once. Reads wait at `gate`, so that a test decides what comes between. */
export class MemoryLog implements Broker, History {
  readonly kind = 'memory'
  readonly epoch = 'e'
  rows: LogEntry[] = []
  head = 0
  /** How far it is trimmed, and how far the hub knows. */
  trimmedTo = 0
  knownTrimmed = 0
  pageSize = 2
  gate: () => Promise<void> = () => Promise.resolve()
  #sink: BrokerSink | null = null

  async start(sink: BrokerSink): Promise<void> {
    this.#sink = sink
    sink.onHead({ epoch: this.epoch, offset: this.head })
  }

  async append({ messages }: Append): Promise<number> {
    const first = this.head + 1
    const entries = messages.map((source, i) => ({ ...source, offset: first + i, source }))
    this.rows.push(...entries.map((entry) => ({ ...entry, source: null })))
    this.head += messages.length
    this.#sink!.onEntries(entries)
    return first
  }

  trim(through: number): void {
    this.trimmedTo = Math.max(this.trimmedTo, through)
    this.rows = this.rows.filter((row) => row.offset > this.trimmedTo)
  }

  async page(query: LogQuery): Promise<LogPage> {
    await this.gate()
    const found = this.#find(query)
    const entries = found.slice(0, this.pageSize)
    const page = {
      entries,
      through: found.length > entries.length ? entries.at(-1)!.offset : query.upTo,
      trimmed: this.trimmedTo,
    }
    await this.gate()
    return page
  }

  async startOfNewest(query: LogQuery, limit: number): Promise<number | null> {
    await this.gate()
    return this.#find(query).at(-1 - limit)?.offset ?? null
  }

  answer = (): Promise<null> => Promise.resolve(null)
  searchable = (): Promise<void> => Promise.resolve()
  trimmed = (): number => this.knownTrimmed
  catchUp = (): Promise<void> => Promise.resolve()
  ok = (): boolean => true
  close = (): Promise<void> => Promise.resolve()

  #find({ after, upTo, patterns }: LogQuery): LogEntry[] {
    const wanted = (channel: string) => patterns.some((pattern) => matches(pattern, channel))
    return this.rows.filter((row) => row.offset > after && row.offset <= upTo && wanted(row.channel))
  }
}
