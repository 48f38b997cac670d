import { CONNECTIONS_CHANNEL, type ConnectionWatch, type SentFrame, watchChannelOf } from '../shared/dashboard.ts'
import { namespaceOf } from '../shared/channel.ts'
import { parseExact } from '../shared/exact-json.ts'
import { type JsonObject, parsePosition } from '../shared/protocol.ts'
import { isoTime } from './hub/clock.ts'
import type { Connection } from './hub/connection.ts'
import type { Hub } from './hub/hub.ts'
import { connectionInfo } from './hub/info.ts'

/** How often watchers are told. */
const TELL_EVERY_MS = 500
/** Most frames, and most bytes of them, that are shown of one turn. */
const MAX_FRAMES = 50
const MAX_BYTES = 262_144
/** A longer frame is counted, not shown. */
const MAX_FRAME_BYTES = 16_384

const PREFIX = `${CONNECTIONS_CHANNEL}/`

/**
 * Shows a connection, and what is written to it, on `admin/connections/<id>` for as long as somebody follows that
 * channel by its name. A connection that nobody watches costs nothing: its bytes are listened to only from then on.
 */
export interface ConnectionWatches {
  /** Takes note of what a connection follows: it may want to watch another. */
  noted(watcher: Connection): void
  /** Takes note of what somebody on another node follows. */
  followed(channel: string): void
  closed(connection: Connection): void
  stop(): void
}

interface Watch {
  connection: Connection
  sent: SentFrame[]
  bytes: number
  skippedBytes: number
  end: () => void
}

export function createConnectionWatches({ hub, node }: { hub: () => Hub; node: string }): ConnectionWatches {
  const watches = new Map<string, Watch>()
  let timer: NodeJS.Timeout | null = null

  function begin(id: string): void {
    const connection = watches.has(id) ? undefined : hub().find(id)
    if (!connection) return
    const watch: Watch = { connection, sent: [], bytes: 0, skippedBytes: 0, end: () => {} }
    watch.end = connection.tap((bytes) => hear(watch, bytes))
    watches.set(id, watch)
    timer ??= setInterval(tell, TELL_EVERY_MS).unref()
  }

  function end(id: string): void {
    watches.get(id)?.end()
    watches.delete(id)
    if (watches.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }

  function tell(): void {
    for (const [id, watch] of [...watches]) {
      const channel = watchChannelOf(id)
      // A pattern such as `admin/**` does not turn every connection's watch on.
      const followers = hub().subscriptions.channels.get(channel)?.exact.size ?? 0
      if (followers === 0 && !hub().neighbours.hear(channel)) end(id)
      else hub().publisher.announce(channel, { ...describe(hub(), watch, node) }, 'everywhere')
    }
  }

  return {
    noted(watcher) {
      for (const channel of watcher.channels) if (channel.startsWith(PREFIX)) begin(channel.slice(PREFIX.length))
    },
    followed(channel) {
      if (channel.startsWith(PREFIX)) begin(channel.slice(PREFIX.length))
    },
    closed: ({ id }) => end(id),
    stop() {
      for (const id of [...watches.keys()]) end(id)
    },
  }
}

function hear(watch: Watch, bytes: Buffer): void {
  if (watch.sent.length >= MAX_FRAMES || watch.bytes + bytes.length > MAX_BYTES) {
    watch.skippedBytes += bytes.length
    return
  }
  watch.bytes += bytes.length
  const at = isoTime(Date.now())
  for (const text of watch.connection.wire.texts(bytes)) {
    const frame = parseExact(text) as JsonObject
    if (isOfWatching(frame)) continue
    const length = Buffer.byteLength(text)
    if (watch.sent.length >= MAX_FRAMES) watch.skippedBytes += length
    else watch.sent.push({ at, frame: isPrivate(frame) || length > MAX_FRAME_BYTES ? null : frame, bytes: length })
  }
}

/** Two dashboards that watch each other would tell each other of it without end. */
function isOfWatching({ channel }: JsonObject): boolean {
  return typeof channel === 'string' && channel.startsWith(PREFIX)
}

/** What two participants of a room say to each other is nobody else's, not even an admin's. */
function isPrivate({ type, channel }: JsonObject): boolean {
  return type === 'signal' || (typeof channel === 'string' && namespaceOf(channel) === 'participant')
}

function describe(hub: Hub, watch: Watch, node: string): ConnectionWatch {
  const { connection, sent, skippedBytes } = watch
  watch.sent = []
  watch.bytes = 0
  watch.skippedBytes = 0
  const info = connectionInfo(hub, connection, node)
  const { epoch, offset } = hub.position
  return {
    type: 'connection_watch',
    connection: info,
    logPosition: `${epoch}.${offset}`,
    behind: Math.max(0, offset - (parsePosition(info.lastPosition)?.offset ?? offset)),
    replaying: connection.mode === 'opening' || connection.mode === 'replaying',
    expiresAt: connection.expiresAt === null ? null : isoTime(connection.expiresAt),
    sent,
    skippedBytes,
  }
}
