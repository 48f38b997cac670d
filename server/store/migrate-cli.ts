import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { openDatabase } from './database.ts'

/** `npm run db:push`: applies the schema to DATABASE_URL, or to the embedded database. */
const { databaseUrl, dataDir, logLevel } = readConfig(process.env)
const log = pino({ level: logLevel })
const database = await openDatabase({ databaseUrl, dataDir, log })
await database.ready
await database.close()
log.info({ kind: database.kind }, 'The schema is up to date')
