import { nanoid } from 'nanoid'
import { type ErrorCode, YayinError } from '../../shared/errors.ts'
import type { JsonObject } from '../../shared/protocol.ts'
import type { Bus, Note } from '../brokers/bus.ts'

/** How long another node may take to answer, in milliseconds. */
const ANSWER_MS = 3000

/** Answers one kind of question; rejects with a `YayinError` that whoever asked is told. */
export type Answerer = (data: JsonObject) => JsonObject | Promise<JsonObject>

interface Waiting {
  resolve: (data: JsonObject) => void
  reject: (error: YayinError) => void
}

/** Asks other nodes, and answers them. */
export class Questions {
  readonly #bus: Bus
  readonly #node: string
  readonly #answerers = new Map<string, Answerer>()
  readonly #waiting = new Map<string, Waiting>()

  constructor(bus: Bus, node: string) {
    this.#bus = bus
    this.#node = node
  }

  /** Registers what answers questions on `topic`. */
  answer(topic: string, answerer: Answerer): void {
    this.#answerers.set(topic, answerer)
  }

  /**
   * Asks `node`. @throws YayinError what that node throws; `unavailable` when it does not answer within `answerMs`
   * milliseconds, by default 3 s, and at once while the nodes do not reach each other
   */
  async ask(node: string, topic: string, data: JsonObject, answerMs = ANSWER_MS): Promise<JsonObject> {
    if (!this.#bus.isOpen()) throw unavailable('the other node is not reached')
    const id = nanoid()
    let late: NodeJS.Timeout | undefined
    return new Promise<JsonObject>((resolve, reject) => {
      late = setTimeout(() => reject(unavailable('the other node does not answer')), answerMs)
      this.#waiting.set(id, { resolve, reject })
      this.#bus.send({ kind: 'question', id, to: node, topic, data })
    }).finally(() => {
      clearTimeout(late)
      this.#waiting.delete(id)
    })
  }

  /** Takes a note; tells whether it was a question or an answer. */
  take(note: Note, from: string): boolean {
    if (note.kind === 'question') {
      if (note['to'] === this.#node) void this.#reply(note, from)
      return true
    }
    if (note.kind !== 'answer') return false
    if (note['to'] === this.#node) this.#settle(note)
    return true
  }

  async #reply({ id, topic, data }: Note, from: string): Promise<void> {
    const answer = { kind: 'answer', id: String(id), to: from }
    try {
      const answerer = this.#answerers.get(String(topic))
      if (answerer === undefined) throw new YayinError('unavailable', 'this node is of another version')
      this.#bus.send({ ...answer, data: await answerer(data as JsonObject) })
    } catch (error) {
      const told = error instanceof YayinError ? error : new YayinError('internal', 'the other node could not do it')
      this.#bus.send({ ...answer, error: { code: told.code, detail: told.message } })
    }
  }

  #settle({ id, data, error }: Note): void {
    const waiting = this.#waiting.get(String(id))
    if (waiting === undefined) return
    if (error === undefined) return waiting.resolve(data as JsonObject)
    const { code, detail } = error as { code: ErrorCode; detail: string }
    waiting.reject(new YayinError(code, detail))
  }
}

function unavailable(detail: string): YayinError {
  return new YayinError('unavailable', detail, { retryAfterSeconds: 2 })
}
