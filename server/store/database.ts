import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Logger } from 'pino'
import * as schema from '../../shared/schema.ts'
import { DataDirInUseError, type DataDirLock, lockDataDir } from './data-dir-lock.ts'
import { type DatabaseWatch, watchDatabase } from './database-watch.ts'
import { migrateDatabase } from './migrate.ts'
import { startPgliteThread } from './pglite-thread.ts'
import { limitStatements } from './statement-limit.ts'

/** Drizzle over the pool. */
export type Db = NodePgDatabase<typeof schema> & { $client: pg.Pool }

/** The database behind everything: PostgreSQL by address, or PGlite embedded. */
export interface Database {
  readonly kind: 'pglite' | 'postgresql'
  readonly db: Db
  readonly pool: pg.Pool
  /** Resolves once migrated and usable. Keeps trying while it is away; rejects only when closed before. */
  readonly ready: Promise<void>
  /** Whether the machine went down under the embedded database, so that its newest commits may be lost. */
  readonly uncleanReboot: boolean
  /** Whether it answered when last asked. */
  ok(): boolean
  /** How long the last answer took; null while it is away. */
  latencyMs(): number | null
  /** Ends all connections; the embedded database is closed in order, and its lock released. */
  close(): Promise<void>
}

interface Options {
  /** `postgres://…`; null for the embedded database. */
  databaseUrl: string | null
  /** Where the embedded database lives. */
  dataDir: string
  log: Logger
}

interface Source {
  kind: Database['kind']
  connection: pg.PoolConfig
  uncleanReboot: boolean
  /** Resolves when it may be connected to for the first time. */
  started: Promise<void>
  close(): Promise<void>
}

/** How long a lock that another process holds is tried again. */
const OWNER_GRACE_MS = 500
/** How long running queries may hold up a close. */
const DRAIN_TIMEOUT_MS = 3000

// Both databases send int8 as text; offsets and counts stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Opens the database, which becomes `ready` in time. Rejects only with DataDirInUseError, or an unusable DATA_DIR. */
export async function openDatabase({ databaseUrl, dataDir, log }: Options): Promise<Database> {
  const source = databaseUrl === null ? await openEmbedded(dataDir, log) : openServer(databaseUrl)
  const pool = new pg.Pool(source.connection)
  const prepare = async (signal: AbortSignal) => {
    await source.started
    if (signal.aborted) return
    if (source.kind === 'postgresql') await limitStatements(pool)
    await migrateDatabase(source.connection, signal)
  }
  let closed: Promise<void> | null = null
  const watch = watchDatabase({ pool, log, prepare })
  return {
    kind: source.kind,
    db: drizzle(pool, { schema }),
    pool,
    ready: watch.ready,
    uncleanReboot: source.uncleanReboot,
    ok: watch.ok,
    latencyMs: watch.latencyMs,
    close: () => (closed ??= close(watch, pool, source)),
  }
}

async function close(watch: DatabaseWatch, pool: pg.Pool, source: Source): Promise<void> {
  await watch.stop()
  await Promise.race([pool.end(), delay(DRAIN_TIMEOUT_MS, undefined, { ref: false })])
  await source.close()
}

function openServer(connectionString: string): Source {
  const connection: pg.PoolConfig = {
    connectionString,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    // The server ends what takes too long before; this ends the wait for a server that says nothing more.
    query_timeout: 12_000,
    application_name: 'yayin',
  }
  return { kind: 'postgresql', connection, uncleanReboot: false, started: Promise.resolve(), close: async () => {} }
}

/** Takes the data directory; a killed owner's last threads take a moment to go, and its successor may be here already. */
async function lockWithPatience(dataDir: string): Promise<DataDirLock> {
  const deadlineMs = performance.now() + OWNER_GRACE_MS
  for (;;) {
    try {
      return lockDataDir(dataDir)
    } catch (error) {
      if (!(error instanceof DataDirInUseError) || performance.now() > deadlineMs) throw error
      await delay(OWNER_GRACE_MS / 20)
    }
  }
}

async function openEmbedded(dataDir: string, log: Logger): Promise<Source> {
  const lock = await lockWithPatience(dataDir)
  const thread = await startPgliteThread({ dataDir: join(dataDir, 'pgdata'), log })
  const connection: pg.PoolConfig = {
    host: thread.socketDir,
    user: 'postgres',
    database: 'postgres',
    // One session serves them in turn; with a few, the next question lies ready while an answer travels.
    max: 4,
    connectionTimeoutMillis: 30_000,
    query_timeout: 35_000,
  }
  return {
    kind: 'pglite',
    connection,
    uncleanReboot: lock.uncleanReboot,
    started: thread.started,
    async close() {
      await thread.close()
      lock.release()
    },
  }
}
