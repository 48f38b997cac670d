/** A list that was fetched once and is kept up to date by news. */
export interface LiveView<Row> {
  /** The same array until rows come or go; the rows themselves change in place. */
  rows: readonly Row[]
  /** Counts up with every change. */
  version: number
  /** `failed`: could not be fetched; what is there may be out of date. */
  state: { status: 'loading' } | { status: 'ready' } | { status: 'failed'; error: unknown }
  /** Whether the rows have been there at least once. */
  known: boolean
}

/** Rows by key, fetched page by page while news of them keeps coming in. */
export interface LiveList<Row> {
  readonly view: LiveView<Row>
  find(key: string): Row | undefined
  /** Begins to fetch anew; returns what takes the pages, and what is to be called when all are in. */
  begin(): { page: (rows: readonly Row[]) => void; done: () => void; fail: (error: unknown) => void }
  /** Takes rows that came or are others now. */
  put(rows: readonly Row[]): void
  drop(keys: readonly string[]): void
  /** Tells that rows were changed in place. */
  touch(): void
  /** Gives the rows a new array, so that they are put in order again. */
  resettle(): void
  subscribe: (listener: () => void) => () => void
}

/** Calls back soon; many calls in between are one. */
type Schedule = (flush: () => void) => void

export function createLiveList<Row>(keyOf: (row: Row) => string, schedule: Schedule): LiveList<Row> {
  const byKey = new Map<string, Row>()
  const listeners = new Set<() => void>()
  let fetching: { found: Set<string>; dropped: Set<string> } | null = null
  let isSettled = true
  let scheduled = false
  let view: LiveView<Row> = { rows: [], version: 0, state: { status: 'loading' }, known: false }

  function publish(part: Partial<LiveView<Row>> = {}) {
    const known = part.known ?? view.known
    // Half a list is not shown: its count would be wrong.
    const rows = known && !isSettled ? [...byKey.values()] : view.rows
    if (known) isSettled = true
    view = { ...view, ...part, rows, version: view.version + 1 }
    for (const listener of listeners) listener()
  }

  function publishSoon() {
    if (scheduled) return
    scheduled = true
    schedule(() => {
      scheduled = false
      publish()
    })
  }

  function put(rows: readonly Row[]) {
    for (const row of rows) {
      const key = keyOf(row)
      fetching?.found.add(key)
      byKey.set(key, row)
    }
    isSettled = false
    publishSoon()
  }

  return {
    get view() {
      return view
    },
    find: (key) => byKey.get(key),
    begin() {
      const own = { found: new Set<string>(), dropped: new Set<string>() }
      fetching = own
      return {
        page(rows) {
          // Who has gone since this page was asked for is not brought back by it.
          if (fetching === own) put(rows.filter((row) => !own.dropped.has(keyOf(row))))
        },
        done() {
          if (fetching !== own) return
          fetching = null
          for (const key of [...byKey.keys()]) if (!own.found.has(key)) byKey.delete(key)
          isSettled = false
          publish({ state: { status: 'ready' }, known: true })
        },
        fail(error) {
          if (fetching !== own) return
          fetching = null
          publish({ state: { status: 'failed', error } })
        },
      }
    },
    put,
    drop(keys) {
      for (const key of keys) {
        fetching?.dropped.add(key)
        fetching?.found.delete(key)
        if (byKey.delete(key)) isSettled = false
      }
      publishSoon()
    },
    touch: publishSoon,
    resettle() {
      isSettled = false
      publishSoon()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
