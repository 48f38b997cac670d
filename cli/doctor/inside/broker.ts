import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { parseNatsUrl } from '../../../server/brokers/nats-address.ts'
import { connectNats } from '../../../server/brokers/nats-connection.ts'
import { connectRedis } from '../../../server/brokers/redis-connect.ts'
import { parseRedisUrl } from '../../../server/brokers/redis-url.ts'
import type { Config } from '../../../server/config.ts'
import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'

const TIMEOUT_MS = 5000
const SILENT = pino({ level: 'silent' }, { write: () => undefined })

/** Looks at what carries messages between nodes. */
export async function broker(config: Config): Promise<Finding> {
  switch (config.broker) {
    case 'local':
      return { check: 'broker', outcome: 'ok', says: 'local: one node, and its database keeps the order' }
    case 'postgres':
      return overPostgres(config)
    case 'redis':
      return overRedis(config)
    case 'nats':
      return overNats(config)
  }
}

/** Nodes hear of each other by notifications, which a pooler in transaction mode loses. */
async function overPostgres({ databaseUrl, databaseListenUrl }: Config): Promise<Finding> {
  const options = { connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS }
  const hears = new pg.Client({ connectionString: databaseListenUrl ?? databaseUrl!, ...options })
  const tells = new pg.Client({ connectionString: databaseUrl!, ...options })
  for (const client of [hears, tells]) client.on('error', () => undefined)
  try {
    await Promise.all([hears.connect(), tells.connect()])
    const channel = `yayin_doctor_${randomBytes(6).toString('hex')}`
    await hears.query(`listen ${channel}`)
    const heard = once(hears, 'notification', { signal: AbortSignal.timeout(2000) }).then(
      () => true,
      () => false,
    )
    await tells.query(`notify ${channel}`)
    if (await heard) return { check: 'broker', outcome: 'ok', says: 'postgres: nodes hear of each other at once' }
    return {
      check: 'broker',
      outcome: 'fail',
      says: 'postgres: notifications do not come through, so that nodes hear of each other’s messages late',
      change: ['DATABASE_LISTEN_URL=postgres://… to the server itself, past the pooler'],
      see: 'broker',
    }
  } catch (error) {
    return { check: 'broker', outcome: 'fail', says: `postgres: ${reasonOf(error)}`, see: 'broker' }
  } finally {
    await Promise.allSettled([hears.end(), tells.end()])
  }
}

async function overRedis({ redisUrl }: Config): Promise<Finding> {
  const address = parseRedisUrl(redisUrl ?? '')
  if (address === null) return { check: 'broker', outcome: 'fail', says: 'redis: REDIS_URL is no address' }
  const client = connectRedis(address, 'yayin-doctor', SILENT)
  try {
    await Promise.race([once(client, 'ready'), delay(TIMEOUT_MS).then(() => Promise.reject(new Error('no answer')))])
    const info = await client.info('server')
    const version = /redis_version:(\S+)/.exec(info)?.[1] ?? 'of an unknown version'
    const aof = /aof_enabled:1/.test(await client.info('persistence'))
    const says = `redis: ${version} answers`
    if (aof) return { check: 'broker', outcome: 'ok', says }
    const change = ['appendonly yes, appendfsync always (or everysec, and a second of messages at stake)']
    return {
      check: 'broker',
      outcome: 'warn',
      says: `${says}, and keeps nothing across a restart`,
      change,
      see: 'broker',
    }
  } catch (error) {
    const change = ['start it, or correct REDIS_URL']
    return { check: 'broker', outcome: 'fail', says: `redis: ${reasonOf(error)}`, change, see: 'broker' }
  } finally {
    client.disconnect()
  }
}

async function overNats({ natsUrl }: Config): Promise<Finding> {
  const address = parseNatsUrl(natsUrl ?? '')
  if (address === null) return { check: 'broker', outcome: 'fail', says: 'nats: NATS_URL is no address' }
  const connector = connectNats(address, SILENT)
  try {
    const { nc, jsm } = await connector.link()
    const version = nc.info?.version ?? 'of an unknown version'
    return await jsm.getAccountInfo().then(
      () => ({ check: 'broker', outcome: 'ok', says: `nats: ${version} answers, and has JetStream` }),
      () => ({
        check: 'broker',
        outcome: 'fail',
        says: `nats: ${version} answers, and lets us use no JetStream`,
        change: ['jetstream { store_dir: … } in its configuration, and in the account of this user'],
        see: 'broker',
      }),
    )
  } catch {
    const change = ['start it, or correct NATS_URL, user and password in it']
    return { check: 'broker', outcome: 'fail', says: 'nats: no server lets us in', change, see: 'broker' }
  } finally {
    await connector.close()
  }
}
