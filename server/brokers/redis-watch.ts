import type { Logger } from 'pino'
import type { RedisClient } from './redis-connect.ts'

/**
 * Says in the log, once for each time that Redis is reached, what of its settings may lose messages. What a hosted Redis
 * does not tell is left alone.
 */
export function watchRedis(client: RedisClient, log: Logger): void {
  client.on('ready', () => {
    Promise.all(['appendonly', 'maxmemory-policy'].map((name) => settingOf(client, name))).then(
      ([appendOnly, policy]) => {
        if (appendOnly === 'no') {
          log.warn('Redis keeps no append-only file: what it has not saved is lost when it stops. Set appendonly yes')
        }
        if (policy !== undefined && policy !== 'noeviction') {
          log.warn({ policy }, 'Redis may drop the log when its memory is full. Set maxmemory-policy noeviction')
        }
      },
      (err: unknown) => log.debug({ err }, 'The settings of Redis could not be read'),
    )
  })
}

async function settingOf(client: RedisClient, name: string): Promise<string | undefined> {
  return (await client.config('GET', name))[1]
}
