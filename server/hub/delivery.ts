import type { Connection } from './connection.ts'
import type { Outgoing, Wire } from './wire.ts'

/** A message being delivered on this node. */
export class Delivery implements Outgoing {
  /** 0 when ephemeral. */
  readonly offset: number
  readonly id: string | null
  readonly channel: string
  readonly json: string
  readonly exclude: string | null
  /** Its place in the batch, which is the log's order. */
  sequence = 0
  /** Connections of this node that it was handed to. */
  recipients = 0

  /** `body` is the message's JSON text without its id, which is put in front. */
  constructor(channel: string, body: string, exclude: string | null, offset: number, epoch: string | null) {
    this.channel = channel
    this.exclude = exclude
    this.offset = offset
    this.id = epoch === null ? null : `${epoch}.${offset}`
    this.json = this.id === null ? body : `{"id":"${this.id}",${body.slice(1)}`
  }
}

/** What one batch brings to one channel: its messages in order, encoded once per wire form on first use. */
export class ChannelBatch {
  readonly deliveries: Delivery[] = []
  /** Place among the batch's channels. */
  readonly index: number
  /** Connections that got all of it. */
  recipients = 0
  readonly #buffers: (Buffer | undefined)[] = []

  constructor(index: number) {
    this.index = index
  }

  bytes(wire: Wire): Buffer {
    return (this.#buffers[wire.index] ??= wire.messages(this.deliveries))
  }
}

/** Messages of several channels for connections that follow more than one of them, merged into log order once. */
export class MergedBatches {
  readonly #byKey = new Map<string, Delivery[]>()
  readonly #buffers = new Map<string, Buffer>()

  /** Returns what `batches` bring together, in log order, as bytes. */
  bytes(batches: readonly ChannelBatch[], wire: Wire): { bytes: Buffer; count: number } {
    const key = batches.map((batch) => batch.index).join()
    const wireKey = `${wire.index}:${key}`
    const deliveries = this.#merged(key, batches)
    let bytes = this.#buffers.get(wireKey)
    if (!bytes) this.#buffers.set(wireKey, (bytes = wire.messages(deliveries)))
    return { bytes, count: deliveries.length }
  }

  #merged(key: string, batches: readonly ChannelBatch[]): Delivery[] {
    let merged = this.#byKey.get(key)
    if (!merged) {
      merged = batches.flatMap((batch) => batch.deliveries).sort((a, b) => a.sequence - b.sequence)
      this.#byKey.set(key, merged)
    }
    return merged
  }
}

/** A set of connections that get the same messages. */
export type Group = Set<Connection>
