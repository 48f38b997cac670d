import { pino } from 'pino'
import { openDatabase } from '../../../server/store/database.ts'

// Commits rows into the embedded database until it is killed, and prints each number once its commit is done.
const dataDir = process.argv[2]!
const database = await openDatabase({ databaseUrl: null, dataDir, log: pino({ level: 'silent' }) })
await database.ready
await database.pool.query('create table if not exists written (n bigint primary key, filler text)')
for (let n = 1; ; n++) {
  await database.pool.query('insert into written values ($1, $2)', [n, 'x'.repeat(2000)])
  process.stdout.write(`${n}\n`)
}
