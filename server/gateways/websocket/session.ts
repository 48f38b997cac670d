import type { WebSocket } from 'ws'
import type { ClientFrame } from '../../../shared/client-frames.ts'
import { YayinError } from '../../../shared/errors.ts'
import type { Connection } from '../../hub/connection.ts'
import type { Hub } from '../../hub/hub.ts'
import { close, CLOSE } from './close.ts'
import type { Reply, RunCommand } from './commands.ts'
import type { FrameLimit } from './frame-limit.ts'
import { type AckId, readFrame } from './read-frame.ts'

/** Commands of one client under way; above it, nothing more is read of that client. */
const MAX_PENDING = 64
/** How long a server that goes waits for what a client published before, in milliseconds. */
const FINISH_MS = 2000

export interface SessionParts {
  hub: Hub
  ws: WebSocket
  connection: Connection
  run: RunCommand
  limit: FrameLimit
  /** Turns whatever a command threw into what may be told. */
  toYayinError: (cause: unknown) => YayinError
  /** Hears of each frame that was refused. */
  noteFault: (code: string) => void
}

/**
 * What one client says over its connection. Publishes begin in the order in which they came, and that is the order
 * they get in the log; what changes the channels waits for what changed them before.
 */
export class Session {
  readonly #parts: SessionParts
  #pending = 0
  #changes: Promise<void> | null = null
  #onIdle: (() => void) | null = null

  constructor(parts: SessionParts) {
    this.#parts = parts
    const { ws, connection } = parts
    if (connection.settled) this.#pauseUntil(connection.settled)
    ws.on('message', (data: Buffer, isBinary) => this.#onMessage(data, isBinary))
    // Control frames cost what others cost.
    ws.on('ping', () => void this.#isTaken(undefined))
  }

  /** Resolves when everything that was asked has been answered, or after a moment. */
  finished(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FINISH_MS)
      this.#onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** A client that resumes is brought up to date first; what it says meanwhile waits in its socket. */
  #pauseUntil(settled: Promise<void>): void {
    const { ws } = this.#parts
    ws.pause()
    void settled.then(() => ws.resume())
  }

  #onMessage(data: Buffer, isBinary: boolean): void {
    const { ws, hub, connection } = this.#parts
    if (connection.mode === 'closed') return
    if (isBinary) {
      close(ws, CLOSE.unsupportedData, 'frames are JSON text, not binary')
      return hub.remove(connection, 'closed')
    }
    const read = readFrame(data.toString())
    if (!this.#isTaken(read.ackId)) return
    if ('error' in read) this.#fail(read.ackId, read.error)
    else this.#take(read.frame, read.ackId)
  }

  #isTaken(ackId: AckId): boolean {
    const { ws, hub, connection, limit } = this.#parts
    const verdict = limit.take(Date.now())
    if (verdict === 'taken') return true
    if (connection.mode === 'closed') return false
    this.#fail(ackId, new YayinError('rate_limited', 'this client sends more frames than client_rate_limit allows'))
    if (verdict === 'too_many') {
      close(ws, CLOSE.policy, 'rate_limited: too many frames')
      hub.remove(connection, 'closed')
    }
    return false
  }

  #take(frame: ClientFrame, ackId: AckId): void {
    const changes = frame.type === 'subscribe' || frame.type === 'unsubscribe' || frame.type === 'channels'
    const waitsFor = changes ? this.#changes : null
    const work = waitsFor ? waitsFor.then(() => this.#run(frame, ackId)) : this.#run(frame, ackId)
    if (!work) return
    if (changes) {
      this.#changes = work
      void work.then(() => {
        if (this.#changes === work) this.#changes = null
      })
    }
    this.#track(work)
  }

  /** Runs one command; never rejects. Undefined when it was done at once. */
  #run(frame: ClientFrame, ackId: AckId): Promise<void> | undefined {
    if (this.#parts.connection.mode === 'closed') return undefined
    const fail = (cause: unknown) => this.#fail(ackId, this.#parts.toYayinError(cause))
    try {
      return this.#parts.run(this.#parts.connection, frame, this.#replyTo(ackId))?.catch(fail)
    } catch (error) {
      fail(error)
      return undefined
    }
  }

  #track(work: Promise<void>): void {
    const { ws } = this.#parts
    if (++this.#pending === MAX_PENDING) ws.pause()
    void work.then(() => {
      if (this.#pending-- === MAX_PENDING) ws.resume()
      if (this.#pending === 0) this.#onIdle?.()
    })
  }

  /** Whoever sent an `ackId` gets it back in the answer, and an `ack` behind every answer that is none. */
  #replyTo(ackId: AckId): Reply {
    return (answer, jsonFields) => {
      const text = JSON.stringify(ackId === undefined ? answer : { ...answer, ackId })
      this.#send(jsonFields === undefined ? text : `${text.slice(0, -1)},${jsonFields}}`)
      if (ackId !== undefined && answer.type !== 'ack') this.#send(JSON.stringify({ type: 'ack', ackId }))
    }
  }

  #fail(ackId: AckId, { code, message, errors }: YayinError): void {
    this.#parts.noteFault(code)
    this.#send(JSON.stringify({ type: 'error', ...(ackId !== undefined && { ackId }), code, message, errors }))
  }

  #send(json: string): void {
    const { hub, connection } = this.#parts
    const isBehind = connection.sink.writableLength > hub.slowLimitBytes()
    if (isBehind && connection.mode !== 'closed') hub.onSlow(connection)
    else connection.send(connection.wire.messages([{ id: null, json }]))
  }
}
