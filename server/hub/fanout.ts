import type { Connection } from './connection.ts'
import { ChannelBatch, type Delivery, type Group, MergedBatches } from './delivery.ts'
import type { Channel, Subscriptions } from './subscriptions.ts'

/*
 * The hot path. One call delivers what one group commit brought: its messages are gathered per channel, each
 * channel's are encoded once per wire form, and each connection is written to once. Nothing here allocates,
 * awaits or logs per connection, but for those that follow several of the batch's channels.
 */

interface ActiveChannel {
  channel: Channel
  batch: ChannelBatch
}

/** What the fan-out needs of its hub. */
export interface FanoutHost {
  readonly subscriptions: Subscriptions
  find(connectionId: string): Connection | undefined
  /** Bytes that a reader may be behind. */
  slowLimitBytes(): number
  /** Called after the batch for each connection that fell too far behind. */
  onSlow(connection: Connection): void
}

export class Fanout {
  /** Deliveries since the start: one message to one connection counts one. */
  delivered = 0
  /** Writes to connections since the start; one may carry many messages. */
  writes = 0
  readonly #host: FanoutHost
  #stamp = 0
  #slow: Connection[] = []

  constructor(host: FanoutHost) {
    this.#host = host
  }

  /**
   * Hands a batch, in log order, to every live connection that follows its channels, and sets each delivery's
   * `recipients`. Connections that replay are skipped unless `ephemeral`: they find the messages in the log. One that
   * came when some of the batch was in the log already gets the rest.
   */
  deliver(deliveries: readonly Delivery[], ephemeral: boolean): void {
    const active = this.#gather(deliveries)
    const excluded = this.#markExcluded(deliveries)
    const single = active.length === 1 ? active[0]! : null
    const groups = single ? this.#host.subscriptions.groups(single.channel) : []
    if (single && groups.length <= 1) this.#toGroup(groups[0], single.batch, ephemeral)
    else this.#toMany(active, ephemeral)
    for (const { batch } of active) for (const delivery of batch.deliveries) delivery.recipients += batch.recipients
    for (const connection of excluded) connection.excluded = null
    this.#reportSlow()
  }

  #gather(deliveries: readonly Delivery[]): ActiveChannel[] {
    const nowMs = Date.now()
    const active: ActiveChannel[] = []
    const byName = new Map<string, ActiveChannel>()
    let last: ActiveChannel | undefined
    for (let i = 0; i < deliveries.length; i++) {
      const delivery = deliveries[i]!
      delivery.sequence = i
      if (last?.channel.name !== delivery.channel) {
        last = byName.get(delivery.channel)
        if (!last) {
          const channel = this.#host.subscriptions.channel(delivery.channel)
          last = { channel, batch: new ChannelBatch(active.length) }
          active.push(last)
          byName.set(delivery.channel, last)
        }
      }
      last.batch.deliveries.push(delivery)
    }
    for (const { channel, batch } of active) {
      channel.rate.add(batch.deliveries.length, nowMs)
      channel.bytesRate.add(bytesOf(batch.deliveries), nowMs)
      channel.lastMessageAt = nowMs
    }
    return active
  }

  #markExcluded(deliveries: readonly Delivery[]): Connection[] {
    const marked: Connection[] = []
    for (const delivery of deliveries) {
      const connection = delivery.exclude === null ? undefined : this.#host.find(delivery.exclude)
      if (!connection) continue
      if (connection.excluded === null) {
        connection.excluded = []
        marked.push(connection)
      }
      connection.excluded.push(delivery)
    }
    return marked
  }

  #toGroup(group: Group | undefined, batch: ChannelBatch, ephemeral: boolean): void {
    if (!group) return
    for (const connection of group) this.#send(connection, batch, ephemeral)
  }

  /** Finds what each connection gets of several channels or by several patterns, then writes each once. */
  #toMany(active: readonly ActiveChannel[], ephemeral: boolean): void {
    const stamp = ++this.#stamp
    const touched: Connection[] = []
    for (const { channel, batch } of active) {
      for (const group of this.#host.subscriptions.groups(channel)) {
        for (const connection of group) touch(connection, batch, stamp, touched)
      }
    }
    const merged = new MergedBatches()
    for (const connection of touched) {
      if (connection.moreBatches === null) this.#send(connection, connection.batch!, ephemeral)
      else this.#sendMerged(connection, connection.moreBatches, merged, ephemeral)
      connection.batch = null
      connection.moreBatches = null
    }
  }

  #send(connection: Connection, batch: ChannelBatch, ephemeral: boolean): void {
    if (!takes(connection, ephemeral)) return
    if (isPartial(connection, batch)) return this.#sendRest(connection, [batch])
    connection.send(batch.bytes(connection.wire))
    batch.recipients++
    this.#count(connection, batch.deliveries.length)
  }

  #sendMerged(
    connection: Connection,
    batches: readonly ChannelBatch[],
    merged: MergedBatches,
    ephemeral: boolean,
  ): void {
    if (!takes(connection, ephemeral)) return
    if (isPartial(connection, batches[0]!)) return this.#sendRest(connection, batches)
    const { bytes, count } = merged.bytes(batches, connection.wire)
    connection.send(bytes)
    for (const batch of batches) batch.recipients++
    this.#count(connection, count)
  }

  /** Writes all but what the connection has, or is left out of; its position moves past the latter all the same. */
  #sendRest(connection: Connection, batches: readonly ChannelBatch[]): void {
    const { wire, excluded } = connection
    const all = batches
      .flatMap((batch) => batch.deliveries)
      .filter((delivery) => delivery.offset === 0 || delivery.offset > connection.offset)
      .sort((a, b) => a.sequence - b.sequence)
    const rest = excluded === null ? all : all.filter((delivery) => !excluded.includes(delivery))
    if (rest.length > 0) connection.send(wire.messages(rest))
    for (const delivery of rest) delivery.recipients++
    const newest = all.at(-1)?.id
    const move = newest && rest.at(-1)?.id !== newest ? wire.position(newest) : null
    if (move) connection.send(move)
    this.#count(connection, rest.length)
  }

  #count(connection: Connection, messages: number): void {
    connection.messagesSent += messages
    this.delivered += messages
    this.writes++
    if (connection.sink.writableLength > this.#host.slowLimitBytes()) this.#slow.push(connection)
  }

  /** Closes slow readers after the batch, since closing changes the groups that are being walked. */
  #reportSlow(): void {
    if (this.#slow.length === 0) return
    const slow = this.#slow
    this.#slow = []
    for (const connection of slow) this.#host.onSlow(connection)
  }
}

/** Tells whether a connection is written to now; one that replays finds what is in the log there. */
function takes({ mode }: Connection, ephemeral: boolean): boolean {
  return mode === 'live' || (ephemeral && mode === 'replaying')
}

/** Tells whether some of a batch may not be for a connection: it came while that waited, or is left out of a message. */
function isPartial({ excluded, offset }: Connection, { deliveries }: ChannelBatch): boolean {
  const first = deliveries[0]!.offset
  // Ephemeral ones have no place in the log.
  return excluded !== null || (first !== 0 && offset >= first)
}

/** Counts the bytes of the messages' own texts, each once whoever gets it. */
function bytesOf(deliveries: readonly Delivery[]): number {
  let bytes = 0
  for (const { json } of deliveries) bytes += Buffer.byteLength(json)
  return bytes
}

function touch(connection: Connection, batch: ChannelBatch, stamp: number, touched: Connection[]): void {
  if (connection.stamp !== stamp) {
    connection.stamp = stamp
    connection.batch = batch
    touched.push(connection)
  } else if (connection.batch !== batch) {
    // Channels come one after the other, so a batch seen before can only be the newest one.
    connection.moreBatches ??= [connection.batch!]
    connection.moreBatches.push(batch)
    connection.batch = batch
  }
}
