import type { ConnectionInfo } from '../../shared/api.ts'
import type { JsonObject } from '../../shared/protocol.ts'

/** A connection of another node. */
export interface ConnectionElsewhere {
  readonly id: string
  readonly transport: string
  readonly userId: string | null
  readonly name: string | null
  readonly ip: string
  readonly userAgent: string
  readonly channels: ReadonlySet<string>
  readonly ownChannels: readonly string[]
  /** Epoch milliseconds. */
  readonly connectedAt: number
  /** As its node told of it when it came, or its channels changed. */
  readonly info: ConnectionInfo
}

/** The other nodes: what is connected to them, and how to ask them. */
export interface Elsewhere {
  peers: {
    find(id: string): ConnectionElsewhere | undefined
    all(): Iterable<ConnectionElsewhere>
  }
  questions: {
    /** @throws YayinError what that node throws; `unavailable` when it does not answer within `answerMs` milliseconds */
    ask(node: string, topic: string, data: JsonObject, answerMs?: number): Promise<JsonObject>
    answer(topic: string, answerer: (data: JsonObject) => JsonObject | Promise<JsonObject>): void
  }
}
