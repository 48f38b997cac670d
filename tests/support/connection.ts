import { type CloseReason, Connection, type ConnectionOptions } from '../../server/hub/connection.ts'
import { nextWireIndex, type Sink, type Wire } from '../../server/hub/wire.ts'

/** One thing that a connection was sent. */
export type Line =
  | { message: Record<string, unknown>; id: string | null }
  | { frame: Record<string, unknown>; id?: string; retryMs?: number }
  | { beat: string | null }
  | { position: string }

/** A wire that writes each thing as one line of JSON. */
export function createLineWire(): Wire {
  const encode = (...lines: Line[]) => Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return {
    index: nextWireIndex(),
    messages: (messages) => encode(...messages.map(({ id, json }) => ({ message: JSON.parse(json), id }))),
    frame: (frame, options) => encode({ frame: frame as Record<string, unknown>, ...options }),
    heartbeat: (id) => encode({ beat: id }),
    position: (id) => encode({ position: id }),
    texts: (bytes) => linesOf(bytes).map((line) => JSON.stringify('message' in line ? line.message : line)),
  }
}

export const lineWire = createLineWire()

/** A sink that keeps each write and never sends it anywhere. */
export class RecordingSink implements Sink {
  readonly writes: Buffer[] = []
  /** Set by a test to play a reader that has fallen behind. */
  writableLength = 0

  write(bytes: Buffer): boolean {
    this.writes.push(bytes)
    return true
  }

  get lines(): Line[] {
    return this.writes.flatMap((bytes) => linesOf(bytes))
  }

  /** The `n` of each message, in order. */
  get numbers(): unknown[] {
    return this.lines.flatMap((line) => ('message' in line ? [line.message['n']] : []))
  }
}

/** Reads what {@link lineWire} wrote. */
export function linesOf(bytes: Buffer): Line[] {
  return bytes
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}

/** What became of a connection made for a test. */
export interface TestConnection {
  options: ConnectionOptions
  sink: RecordingSink
  /** Reasons with which the hub ended it. */
  ended: CloseReason[]
}

let count = 0

/** Options of an anonymous connection over the line wire, and what will be seen of it. */
export function connectionOptions(given: Partial<ConnectionOptions> = {}): TestConnection {
  const sink = new RecordingSink()
  const ended: CloseReason[] = []
  const options: ConnectionOptions = {
    id: `c${++count}`,
    transport: 'test',
    principal: { kind: 'anonymous' },
    wire: lineWire,
    sink,
    ip: '192.0.2.1',
    userAgent: 'test',
    userId: null,
    name: null,
    expiresAt: null,
    privileged: false,
    channels: [],
    ownChannels: [],
    end: (reason) => void ended.push(reason),
    ...given,
  }
  return { options, sink, ended }
}

/** A connection of its own, in no hub. */
export function createConnection(given: Partial<ConnectionOptions> = {}): {
  connection: Connection
  sink: RecordingSink
} {
  const { options, sink } = connectionOptions(given)
  return { connection: new Connection(options), sink }
}
