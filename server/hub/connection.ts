import type { DisconnectReason } from '../../shared/protocol.ts'
import type { ChannelBatch, Delivery } from './delivery.ts'
import type { Sink, Wire } from './wire.ts'

/** Who holds a connection, as far as the hub needs to know. */
export interface Identity {
  userId: string | null
  name: string | null
  /** Epoch milliseconds at which the connection is closed with `expired`; null for never. */
  expiresAt: number | null
  /** Whether wildcards reach the reserved namespaces (admins alone). */
  privileged: boolean
}

/** Whoever opened a connection. The hub only carries it; its meaning is the auth module's. */
export interface Principal {
  readonly kind: string
}

/** What a gateway brings when it opens a connection. */
export interface ConnectionOptions extends Identity {
  id: string
  transport: string
  principal: Principal
  wire: Wire
  sink: Sink
  ip: string
  userAgent: string
  /** Channel names and patterns that were asked for. */
  channels: readonly string[]
  /** Channels that it has of itself, not listed; `connection/<id>` need not be named. */
  ownChannels: readonly string[]
  /** Whether it hears of presence on every channel that it follows. */
  presence?: boolean
  /** Whether its id is all it takes to change its channels, so that others are not shown it. */
  secretId?: boolean
  /** Ends the transport after the last bytes were written; called once. */
  end(reason: CloseReason): void
}

export type CloseReason = DisconnectReason | 'closed' | 'error'

/** How a connection is told to go (contract §6). */
export interface Farewell {
  reason: DisconnectReason
  reconnect: boolean
  retryMs: number
}

/**
 * `opening`: not greeted yet. `replaying`: reads the past, live messages wait in the log. `live`: gets messages as they come.
 * `closed`: gets nothing any more.
 */
export type ConnectionMode = 'opening' | 'replaying' | 'live' | 'closed'

/** One live link of one client. Its fields are read by the fan-out for every message, so they are plain. */
export class Connection {
  readonly id: string
  readonly transport: string
  /** Changes when a fresh token of the same identity is handed in. */
  principal: Principal
  readonly wire: Wire
  /** Where its bytes go; another one while somebody watches them. */
  sink: Sink
  readonly ip: string
  readonly userAgent: string
  readonly userId: string | null
  name: string | null
  readonly privileged: boolean
  readonly ownChannels: readonly string[]
  readonly connectedAt = Date.now()
  expiresAt: number | null
  /** What it asked for: names and patterns, changed by `subscribe` and `unsubscribe`. */
  readonly channels: Set<string>
  /** Whether presence is on for what it follows from now on. */
  readonly presence: boolean
  readonly secretId: boolean
  /** Offset from which on it has got everything on the channels that it was opened with. */
  startOffset = 0
  /** The same of those that it followed later; null while there are none. */
  followedFrom: Map<string, number> | null = null
  mode: ConnectionMode = 'live'
  /** Resolves when it has been brought up to date; null for one that had nothing to resume. */
  settled: Promise<void> | null = null
  /** What brings one channel up to date that was followed later, while the others are live. */
  catchUp: Connection | null = null
  /** Tells what is not to be brought up again, since the connection has got it otherwise; null for nothing. */
  hasHad: ((channel: string, offset: number) => boolean) | null = null
  /** Offset up to which it has been handed everything; while live, the hub's head stands for it. */
  offset = 0
  /** Whether somebody spoke to its own channel, `connection/<id>`; until then no replay has to look for that. */
  addressed = false
  messagesSent = 0
  bytesSent = 0

  /** Fan-out's marks: the batch it was last touched by, and what it is to get in it. */
  stamp = 0
  batch: ChannelBatch | null = null
  moreBatches: ChannelBatch[] | null = null
  /** Messages of the present batch that are not for this connection. */
  excluded: Delivery[] | null = null
  /** Slot of the heartbeat wheel. */
  slot = 0

  // Most connections need neither.
  #watching: Set<string> | null = null
  #joinedAtMs: Map<string, number> | null = null
  readonly #end: (reason: CloseReason) => void

  constructor(options: ConnectionOptions) {
    this.id = options.id
    this.transport = options.transport
    this.principal = options.principal
    this.wire = options.wire
    this.sink = options.sink
    this.ip = options.ip
    this.userAgent = options.userAgent
    this.userId = options.userId
    this.name = options.name
    this.privileged = options.privileged
    this.expiresAt = options.expiresAt
    this.channels = new Set(options.channels)
    this.ownChannels = options.ownChannels
    this.presence = options.presence ?? false
    this.secretId = options.secretId ?? false
    this.#end = options.end
  }

  /** Those of its channels on which it hears of comings and goings. */
  get watching(): Set<string> {
    return (this.#watching ??= new Set())
  }

  /** When it followed a channel that it did not have from the start, in epoch milliseconds. */
  get joinedAtMs(): Map<string, number> {
    return (this.#joinedAtMs ??= new Map())
  }

  /** Returns another one over the same wire that follows `channel` alone; the hub knows nothing of it. */
  over(channel: string): Connection {
    const { id, transport, principal, wire, sink, ip, userAgent, userId, name, expiresAt, privileged } = this
    const owner = { principal, userId, name, expiresAt, privileged, ip, userAgent }
    const end = () => undefined
    return new Connection({ ...owner, id, transport, wire, sink, channels: [channel], ownChannels: [], end })
  }

  /** Hands bytes to the socket and counts them. */
  send(bytes: Buffer): void {
    this.sink.write(bytes)
    this.bytesSent += bytes.length
  }

  /** Lets `hear` have all bytes that are handed to the socket from now on; returns how to stop. */
  tap(hear: (bytes: Buffer) => void): () => void {
    const { sink } = this
    this.sink = {
      beneath: sink,
      write(bytes) {
        hear(bytes)
        return sink.write(bytes)
      },
      get writableLength() {
        return sink.writableLength
      },
    }
    return () => void (this.sink = sink)
  }

  /** Puts a fresh token of the same identity in the place of the old one. */
  renew({ principal, name, expiresAt }: Pick<ConnectionOptions, 'principal' | 'name' | 'expiresAt'>): void {
    this.principal = principal
    this.name = name
    this.expiresAt = expiresAt
  }

  end(reason: CloseReason): void {
    this.#end(reason)
  }
}
