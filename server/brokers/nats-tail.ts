import type { LogEntry } from './broker.ts'
import type { EnginePage } from './engine-log.ts'
import type { RecordHead } from './nats-record.ts'

/** Characters that are kept after they were taken, for those that come later. */
const KEEP_CHARACTERS = 4 * 1024 * 1024
/** Characters beyond which nothing more is read, until some were taken. */
const MAX_CHARACTERS = 16 * 1024 * 1024

/** Of so many of the stream's newest messages it is known which group they hold. */
const KEEP_IDS = 1024

/** How far the stream was read. */
export interface TailPosition {
  /** Sequence of the stream's newest message that was read. */
  seq: number
  epoch: string
  floor: number
  /** Offset of the newest message. */
  offset: number
  /** The newest group that was read. */
  last: RecordMark
}

/** One group of the stream, as it can be known again. */
export interface RecordMark {
  seq: number
  id: string
}

/** Entries that follow each other without one missing, of one epoch. */
interface Run {
  state: EnginePage['state']
  /** Offset before its first entry. */
  before: number
  entries: LogEntry[]
  /** Whether it was handed over, or need not be by itself: an epoch is told of even where it has no message yet. */
  told: boolean
}

/** The newest part of the stream, as it was read; everything is put in once, in order. */
export class NatsTail {
  #at: TailPosition = { seq: 0, epoch: '', floor: 0, offset: 0, last: { seq: 0, id: '' } }
  #runs: Run[] = []
  #characters = 0
  /** By sequence; empty for a message that holds no group. */
  readonly #ids = new Map<number, string>()
  readonly #waiting = new Set<() => void>()

  get at(): Readonly<TailPosition> {
    return this.#at
  }

  /** Whether so much waits that no more should be read. */
  get full(): boolean {
    return this.#characters > MAX_CHARACTERS
  }

  /** The group that one of the newest messages holds, empty for none; null where the message was not read, or long ago. */
  idAt(seq: number): string | null {
    return this.#ids.get(seq) ?? null
  }

  /** Forgets what it holds, and goes on after a place. */
  reset(at: TailPosition): void {
    this.#at = at
    this.#ids.clear()
    this.#characters = 0
    this.#runs = [newRun(at, at.offset, 0)]
    this.#runs[0]!.told = true
    this.wake()
  }

  /** Passes over one of the stream's messages that holds no group. */
  skip(seq: number): void {
    if (seq <= this.#at.seq) return
    this.#at = { ...this.#at, seq }
    this.#remember(seq, '')
    this.wake()
  }

  /** Takes the group of the stream's message `seq`; a no-op for one that was put in before. */
  put(seq: number, place: Omit<RecordHead, 'keys' | 'parts'>, entries: readonly LogEntry[]): void {
    if (seq <= this.#at.seq) return
    const { id, epoch, floor, before, count } = place
    if (epoch !== this.#at.epoch) this.#runs.push(newRun(place, before, 0))
    // What lay between was trimmed before it could be read.
    else if (before !== this.#at.offset) this.#runs.push(newRun(place, before, before))
    const { entries: last } = this.#runs.at(-1)!
    for (const entry of entries) {
      last.push(entry)
      this.#characters += entry.body.length
    }
    this.#at = { seq, epoch, floor, offset: before + count, last: { seq, id } }
    this.#remember(seq, id)
    this.wake()
  }

  #remember(seq: number, id: string): void {
    this.#ids.set(seq, id)
    this.#ids.delete(seq - KEEP_IDS)
  }

  /** Returns what follows an offset, up to where the epoch or a hole begins; null when there is nothing. */
  take(after: number): EnginePage | null {
    for (let run = this.#runs[0]; run !== undefined; run = this.#runs[0]) {
      const from = indexAfter(run.entries, after)
      const entries = run.entries.slice(from)
      this.#letGo(run, from)
      if (entries.length > 0 || !run.told) {
        run.told = true
        return { entries, state: run.state }
      }
      if (this.#runs.length === 1) break
      this.#letGo(run, run.entries.length, 0)
      this.#runs.shift()
    }
    return null
  }

  /** Returns up to `limit` entries after an offset; null when some of them are not here any more. */
  after(offset: number, limit: number): EnginePage | null {
    const run = this.#runs.at(-1)
    if (run === undefined || offset < run.before) return null
    const from = indexAfter(run.entries, offset)
    return { entries: run.entries.slice(from, from + limit), state: run.state }
  }

  /** Resolves at the next change, or after `timeoutMs`. */
  changed(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, timeoutMs)
      this.#waiting.add(done)
    })
  }

  /** Lets the oldest entries of a run go, up to `count` of those that were taken, while there are more than is kept. */
  #letGo(run: Run, count: number, keep = KEEP_CHARACTERS): void {
    let gone = 0
    while (gone < count && this.#characters > keep) {
      this.#characters -= run.entries[gone]!.body.length
      gone++
    }
    if (gone === 0) return
    run.before = run.entries[gone - 1]!.offset
    run.entries = run.entries.slice(gone)
    this.wake()
  }

  /** Lets those go on that wait for a change. */
  wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

function newRun({ epoch, floor }: { epoch: string; floor: number }, before: number, trimmed: number): Run {
  return { state: { epoch, floor, trimmed }, before, entries: [], told: false }
}

/** Index of the first entry after an offset. */
function indexAfter(entries: readonly LogEntry[], offset: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entries[middle]!.offset <= offset) low = middle + 1
    else high = middle
  }
  return low
}
