import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { ConnectionInfo } from '../../shared/api.ts'
import { connections } from '../../shared/schema.ts'
import { createMirrorChanges } from './connection-changes.ts'
import type { Db } from './database.ts'
import { storableJson } from './storable.ts'

interface MirrorOptions {
  db: Db
  /** This node, whose rows they are. */
  node: string
  log: Logger
  /** The connections as they are now; read piece by piece. */
  snapshot: () => Iterable<ConnectionInfo>
  /** Hears of connections whose node is gone. */
  onLost?: (rows: LostConnection[]) => void
}

export type LostConnection = typeof connections.$inferSelect

/** The live connections of this node, as the table shows them a second later. */
export interface ConnectionMirror {
  /** Removes the rows of nodes that are not there any more: of all but this one and `others`. Never rejects. */
  cleanOthers(others: readonly string[]): Promise<void>
  /** Notes a new or changed connection. */
  added(info: ConnectionInfo): void
  removed(id: string): void
  /** Stops, and removes this node's rows. Never rejects. */
  close(): Promise<void>
}

const WRITE_EVERY_MS = 1000
/** How often the counters of those that were sent something are brought up to date. */
const REFRESH_EVERY_MS = 10_000
const CHUNK_ROWS = 500
/** How long a close may hold up the end of the process. */
const CLOSE_TIMEOUT_MS = 2000

/**
 * Mirrors the live connections into their table, in batches; who came and went between two is not written. While the
 * database is away changes are not kept: when it is back the table is brought in line with what is open then.
 */
export function createConnectionMirror({
  db,
  node,
  log,
  snapshot,
  onLost = () => undefined,
}: MirrorOptions): ConnectionMirror {
  const changes = createMirrorChanges()
  let inLine = true
  let refreshedAtMs = Date.now()
  let working: Promise<void> | null = null

  async function work(): Promise<void> {
    try {
      if (!inLine) await bringInLine()
      else await writeChanges()
      if (Date.now() - refreshedAtMs >= REFRESH_EVERY_MS) await refresh()
    } catch (err) {
      if (inLine) log.warn({ err }, 'Cannot write the table of connections; trying again')
      inLine = false
    } finally {
      working = null
    }
  }

  async function writeChanges(): Promise<void> {
    const { rows, gone } = changes.take()
    for (const ids of chunks(gone)) await db.delete(connections).where(inArray(connections.id, ids))
    for (const chunk of chunks(rows)) await upsert(db, chunk)
  }

  async function bringInLine(): Promise<void> {
    changes.restart()
    const rows = [...snapshot()]
    for (const row of rows) changes.added(row)
    const ids = sql.param(rows.map(({ id }) => id))
    const stale = sql`${connections.id} <> all(${ids}::text[])`
    await db.delete(connections).where(and(eq(connections.node, node), stale))
    await writeChanges()
    inLine = true
    log.info('The table of connections is up to date again')
  }

  async function refresh(): Promise<void> {
    refreshedAtMs = Date.now()
    for (const chunk of chunks(snapshot())) {
      const moved = chunk.filter((info) => changes.hasMoved(info))
      if (moved.length > 0) await upsert(db, moved)
      else await nextTurn()
    }
  }

  async function clean(): Promise<void> {
    await db.delete(connections).where(eq(connections.node, node))
  }

  async function cleanOthers(others: readonly string[]): Promise<void> {
    try {
      const gone = notInArray(connections.node, [node, ...others])
      onLost(await db.delete(connections).where(gone).returning())
    } catch (err) {
      log.warn({ err }, 'Cannot clear lost nodes out of the table of connections')
    }
  }

  async function finish(): Promise<void> {
    await working
    await clean().catch((err: unknown) => log.warn({ err }, 'Cannot clear the table of connections'))
  }

  const tick = () => void (working ??= work())
  const timer = setInterval(tick, WRITE_EVERY_MS).unref()

  return {
    cleanOthers,
    added: changes.added,
    removed: changes.removed,
    async close() {
      clearInterval(timer)
      // What stays behind when the database is away is cleared at the next start.
      await Promise.race([finish(), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}

async function upsert(db: Db, rows: readonly ConnectionInfo[]): Promise<void> {
  // One parameter for all rows: building thousands would take the event loop's time.
  await db.execute(sql`
    insert into ${connections} (id, node, transport, user_id, name, ip, user_agent, channels, connected_at,
      last_position, messages_sent, bytes_sent)
    select id, node, transport, "userId", name, ip, "userAgent", channels, "connectedAt",
      "lastPosition", "messagesSent", "bytesSent"
    from json_to_recordset(${storableJson(rows)}::json) as connection (
      id text, node text, transport text, "userId" text, name text, ip text, "userAgent" text, channels jsonb,
      "connectedAt" timestamptz, "lastPosition" text, "messagesSent" bigint, "bytesSent" bigint
    )
    on conflict (id) do update set channels = excluded.channels, last_position = excluded.last_position,
      messages_sent = excluded.messages_sent, bytes_sent = excluded.bytes_sent, updated_at = now()`)
}

/** Parts items into arrays of at most {@link CHUNK_ROWS}, taking them only as they are asked for. */
function* chunks<T>(items: Iterable<T>): Generator<T[]> {
  let chunk: T[] = []
  for (const item of items) {
    if (chunk.push(item) < CHUNK_ROWS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
