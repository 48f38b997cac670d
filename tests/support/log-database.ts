import type pg from 'pg'

interface Row {
  log_offset: number
  channel: string
  body: string
  exclude: string | null
}

/** How an append goes: written and answered, not written, or written without an answer. */
export type Fate = 'answered' | 'failed' | 'answer lost'

/** Plays the database of the log to a broker: one table in memory, and appends that fail as a test says. */
export class LogDatabase {
  rows: Row[] = []
  epoch = 'e'
  trimmed = 0
  /** Fates of the next appends; then all are answered. */
  readonly fates: Fate[] = []
  /** Bodies of each commit, in order. */
  readonly commits: string[][] = []
  /** While set, every read fails. */
  away = false
  /** Called before each query is answered. */
  gate: (kind: 'append' | 'read') => Promise<void> = () => Promise.resolve()
  connections = 0
  readonly pool: pg.Pool

  constructor() {
    const query = (query: string | pg.QueryConfig, values: unknown[] = []) =>
      typeof query === 'string' ? this.#query(query, values) : this.#query(query.text, query.values ?? [])
    const connect = async () => {
      this.connections++
      return { query, on: () => undefined, release: () => undefined }
    }
    this.pool = { query, connect } as unknown as pg.Pool
  }

  get head(): number {
    return this.rows.at(-1)?.log_offset ?? this.trimmed
  }

  /** Writes a row as another process would. */
  write(channel: string, body: string): void {
    this.rows.push({ log_offset: this.head + 1, channel, body, exclude: null })
  }

  /** Ends the log at an earlier offset, as a restored backup does. */
  goBackTo(offset: number): void {
    this.rows = this.rows.filter((row) => row.log_offset <= offset)
  }

  trim(through: number): void {
    this.trimmed = through
    this.rows = this.rows.filter((row) => row.log_offset > through)
  }

  async #query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    if (text.includes('update log_state set head')) return { rows: [await this.#append(values)] }
    await this.gate('read')
    if (this.away) throw new Error('the database is away')
    if (text.includes('as allowed')) return { rows: [{ allowed: true }] }
    if (text.includes('as home')) return { rows: [{ home: 'here' }] }
    if (text.includes('set home = ')) return { rows: [] }
    if (text.startsWith('update log_state set epoch')) return { rows: [this.#replaceEpoch(values)] }
    if (text.includes('left join lateral')) return { rows: this.#next(Number(values[0])) }
    return { rows: [{ epoch: this.epoch, head: this.head, trimmed: this.trimmed }] }
  }

  async #append(values: unknown[]): Promise<object> {
    const fate = this.fates.shift() ?? 'answered'
    await this.gate('append')
    if (fate === 'failed') throw new Error('the commit failed')
    const [, channels, , , , bodies] = values as [number, string[], unknown, unknown, unknown, string[]]
    const before = this.head
    bodies.forEach((body, i) => this.write(channels[i]!, body))
    this.commits.push(bodies)
    if (fate === 'answer lost') throw new Error('the connection broke')
    return { epoch: this.epoch, before }
  }

  #replaceEpoch([epoch, old]: unknown[]): object {
    if (this.epoch === old) this.epoch = String(epoch)
    return {}
  }

  #next(after: number): object[] {
    const { epoch, head, trimmed } = this
    const found = this.rows.filter((row) => row.log_offset > after)
    return (found.length === 0 ? [{ log_offset: null }] : found).map((row) => ({ epoch, head, trimmed, ...row }))
  }
}
