import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { openDatabase } from './database.ts'
import { openLog, readLogState, replaceEpoch } from './log.ts'

/** `npm run db:new-epoch`: the log was copied back with the database's files, and its positions mean others now. */
const { databaseUrl, dataDir, logLevel } = readConfig(process.env)
const log = pino({ level: logLevel })
const database = await openDatabase({ databaseUrl, dataDir, log })
await database.ready
const before = await openLog(database.pool)
await replaceEpoch(database.pool, before.epoch)
const { epoch } = await readLogState(database.pool)
await database.close()
log.info({ kind: database.kind, from: before.epoch, to: epoch }, 'The log has a new epoch')
