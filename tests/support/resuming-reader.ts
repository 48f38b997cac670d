import type { Connection } from '../../server/hub/connection.ts'
import { parsePosition, type Resume } from '../../shared/protocol.ts'
import { linesOf, type RecordingSink } from './connection.ts'

/** A stretch of the log that a reader was told it missed: after `from`, up to and with `to`. */
export interface ToldGap {
  from: number
  to: number
  reason: string
}

/** A client that is cut, loses what was under way, and comes back with the last id it got. */
export class ResumingReader {
  readonly patterns: readonly string[]
  lastEventId: string | null = null
  /** Offset from which on it counts on every message; null until it was greeted for the first time. */
  since: number | null = null
  readonly received: number[] = []
  readonly gaps: ToldGap[] = []
  readonly faults: string[] = []
  connection: Connection | null = null
  sink: RecordingSink | null = null
  #greeted = false

  constructor(patterns: readonly string[]) {
    this.patterns = patterns
  }

  opened(connection: Connection, sink: RecordingSink): void {
    this.connection = connection
    this.sink = sink
    this.#greeted = false
  }

  /** Ends the connection on this side; the first `part` (0–1) of what was sent had arrived. */
  cut(part: number): void {
    const lines = this.sink?.lines ?? []
    for (const line of lines.slice(0, Math.round(lines.length * part))) this.#read(line)
    this.connection = null
    this.sink = null
  }

  #read(line: ReturnType<typeof linesOf>[number]): void {
    if ('message' in line) this.#message(line.message, line.id)
    else if ('frame' in line) this.#frame(line.frame, line.id)
    else if ('position' in line) this.#move(line.position)
    else if (line.beat !== null) this.#move(line.beat)
  }

  #message(message: Record<string, unknown>, id: string | null): void {
    if (!this.#greeted) this.faults.push(`message ${id} before the greeting`)
    if (id === null) return
    const offset = this.#move(id)
    if (message['id'] !== id) this.faults.push(`id ${String(message['id'])} in a frame of id ${id}`)
    if (offset <= (this.received.at(-1) ?? 0)) this.faults.push(`message ${id} repeated or out of order`)
    this.received.push(offset)
  }

  #frame(frame: Record<string, unknown>, id: string | undefined): void {
    if (frame['type'] === 'connected') this.#greeting(frame['resume'] as Resume, id!)
    else if (id !== undefined) this.#move(id)
  }

  #greeting(resume: Resume, id: string): void {
    this.#greeted = true
    if (resume.status === 'none') {
      if (this.lastEventId !== null) this.faults.push(`greeted with none, though it came with ${this.lastEventId}`)
      this.since = offsetOf(id)
    } else if (resume.status === 'complete') {
      if (id !== this.lastEventId) this.faults.push(`complete from ${id}, though it came with ${this.lastEventId}`)
    } else {
      if (resume.from !== this.lastEventId) this.faults.push(`gap from ${resume.from}, came with ${this.lastEventId}`)
      if (resume.to !== id) this.faults.push(`gap to ${resume.to}, but the frame's id is ${id}`)
      this.gaps.push({ from: offsetOf(resume.from), to: offsetOf(resume.to), reason: resume.reason })
    }
    this.lastEventId = id
  }

  #move(id: string): number {
    const before = this.lastEventId === null ? 0 : offsetOf(this.lastEventId)
    if (offsetOf(id) < before) this.faults.push(`position went back from ${before} to ${id}`)
    this.lastEventId = id
    return offsetOf(id)
  }
}

function offsetOf(id: string): number {
  return parsePosition(id)!.offset
}
