import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../../../server/config.ts'
import { MIGRATIONS_FOLDER } from '../../../server/store/migrate.ts'
import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'

/** The oldest PostgreSQL that is still kept up. */
const OLDEST_VERSION = 14
const SLOW_MS = 20
const SKEW_MS = 2000

/** Looks at the database: whether it is there, how fast it answers, and whether its schema is the present one. */
export async function database(config: Config): Promise<Finding[]> {
  return config.databaseUrl === null ? [embedded(config)] : postgres(config.databaseUrl)
}

function embedded({ dataDir }: Config): Finding {
  const path = join(dataDir, 'pgdata')
  const note = 'it is made for one node; after a power failure the newest messages may be gone, which clients are told'
  const says = existsSync(join(path, 'PG_VERSION'))
    ? `the embedded database lies in ${path}; ${note}`
    : `the embedded database will be made in ${path} at the first start; ${note}`
  return { check: 'database', outcome: 'ok', says, see: 'database' }
}

async function postgres(connectionString: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, query_timeout: 5000 })
  // A connection that breaks also fails the query under way.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await inspect(client)
  } catch (error) {
    const change = ['start it, or correct DATABASE_URL: `psql "$DATABASE_URL" -c "select 1"` asks the same']
    return [{ check: 'database', outcome: 'fail', says: `no PostgreSQL: ${whyOf(error)}`, change, see: 'database' }]
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** PostgreSQL's own words, which hold no secret, or the system's. */
function whyOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? error.message : reasonOf(error)
}

async function inspect(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<Row>(LOOK)
  const row = rows[0]!
  const latencyMs = await measureMs(client)
  return [
    judgeServer(row, latencyMs),
    judgeSchema(await appliedCount(client), wantedCount()),
    judgeClock(Number(row.now_ms) - Date.now()),
  ]
}

interface Row {
  version: string
  version_num: string
  fsync: string
  synchronous_commit: string
  now_ms: string
}

const LOOK = `select current_setting('server_version') as version, current_setting('server_version_num') as version_num,
  current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
  extract(epoch from clock_timestamp()) * 1000 as now_ms`

/** The middle one of five answers, in milliseconds. */
async function measureMs(client: pg.Client): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const startedAt = performance.now()
    await client.query('select 1')
    times.push(performance.now() - startedAt)
  }
  return times.toSorted((a, b) => a - b)[2]!
}

function judgeServer(row: Row, latencyMs: number): Finding {
  const says = `PostgreSQL ${row.version} answers within ${latencyMs.toFixed(1)} ms`
  const finding = { check: 'database', says, see: 'database' } as const
  if (Math.floor(Number(row.version_num) / 10_000) < OLDEST_VERSION) {
    return { ...finding, outcome: 'warn', change: [`upgrade it to ${OLDEST_VERSION} or later`] }
  }
  if (row.fsync === 'off' || row.synchronous_commit === 'off') {
    const change = ['set fsync and synchronous_commit to on: a message is answered for once it is on the disk']
    return { ...finding, outcome: 'warn', says: `${says}, and does not wait for its disk`, change }
  }
  if (latencyMs <= SLOW_MS) return { check: 'database', outcome: 'ok', says }
  return { ...finding, outcome: 'warn', change: ['bring it nearer: each publish waits for one answer at least'] }
}

/** How many migrations were applied; 0 in a database that nobody has used. */
async function appliedCount(client: pg.Client): Promise<number> {
  const table = await client.query<{ name: string | null }>(
    `select to_regclass('drizzle.__drizzle_migrations') as name`,
  )
  if (table.rows[0]!.name === null) return 0
  const { rows } = await client.query<{ count: string }>('select count(*) as count from drizzle.__drizzle_migrations')
  return Number(rows[0]!.count)
}

function wantedCount(): number {
  const journal = readFileSync(join(MIGRATIONS_FOLDER, 'meta/_journal.json'), 'utf8')
  return (JSON.parse(journal) as { entries: unknown[] }).entries.length
}

/** Judges how many of this version's migrations the database has. */
export function judgeSchema(applied: number, wanted: number): Finding {
  const finding = { check: 'schema', see: 'database' } as const
  if (applied === wanted) return { check: 'schema', outcome: 'ok', says: `all ${wanted} migrations are applied` }
  if (applied > wanted) {
    const change = ['install the version that made them, or a later one']
    const says = `the database is of a later version: ${applied} migrations, and this version knows ${wanted}`
    return { ...finding, outcome: 'fail', says, change }
  }
  const says = `${applied} of ${wanted} migrations are applied`
  return { ...finding, outcome: 'warn', says, change: ['start the server, which applies them'] }
}

function judgeClock(skewMs: number): Finding {
  if (Math.abs(skewMs) <= SKEW_MS)
    return { check: 'clock', outcome: 'ok', says: 'the database’s clock and this one agree' }
  const says = `the database’s clock is ${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'ahead of'} this one`
  return { check: 'clock', outcome: 'warn', says, change: ['let both set their clocks by NTP'], see: 'clock' }
}
