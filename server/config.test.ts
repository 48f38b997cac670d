import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

it('gives every default when nothing is set', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: null,
    databaseListenUrl: null,
    workers: 1,
    drainGraceMs: 1000,
    drainMs: 3000,
    dataDir: resolve('data'),
    broker: 'local',
    redisUrl: null,
    redisPrefix: 'yayin',
    natsUrl: null,
    natsStream: 'yayin',
    natsReplicas: null,
    jwt: { secret: null, jwksUrl: null, issuer: null, audience: null },
    apiKey: null,
    admin: { email: 'admin@localhost', password: null },
    publicUrl: null,
    trustProxy: false,
    corsOrigins: [],
    stunUrls: ['stun:stun.l.google.com:19302'],
    turnUrls: [],
    turnSecret: null,
    mqttUrl: null,
    mqttTopics: ['#'],
    mqttGroup: 'yayin',
    otlpEndpoint: null,
    otelServiceName: 'yayin',
    webhookPrivateAddresses: { all: false, networks: [] },
    rawStreams: true,
    logLevel: 'info',
    nodeEnv: 'production',
  })
})

it('gives the defaults when everything is set but empty, save that there are no STUN servers', () => {
  const names = ['HOST', 'PORT', 'DATABASE_URL', 'BROKER', 'API_KEY', 'TRUST_PROXY', 'MQTT_TOPICS', 'STUN_URLS']
  expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual({ ...readConfig({}), stunUrls: [] })
})

it('cannot be changed when it was read', () => {
  const config = readConfig({ CORS_ORIGINS: 'https://a.example' })
  for (const part of [config, config.jwt, config.admin, config.corsOrigins, config.stunUrls, config.mqttTopics]) {
    expect(Object.isFrozen(part)).toBe(true)
  }
})

it.each<[NodeJS.ProcessEnv, object]>([
  [
    { HOST: '::1', PORT: '0' },
    { host: '::1', port: 0 },
  ],
  [{ PORT: ' 65535 ' }, { port: 65_535 }],
  [{ DATABASE_URL: 'postgres://u:p@db/x' }, { databaseUrl: 'postgres://u:p@db/x', broker: 'postgres' }],
  [{ DATABASE_URL: 'postgresql:///x?host=/run', BROKER: 'local' }, { broker: 'local' }],
  [
    { BROKER: 'redis', REDIS_URL: 'rediss://r:1' },
    { broker: 'redis', redisUrl: 'rediss://r:1' },
  ],
  [
    { REDIS_URL: 'redis+sentinel://:p@a:1,b:2/main', REDIS_PREFIX: 'shop.live' },
    { redisUrl: 'redis+sentinel://:p@a:1,b:2/main', redisPrefix: 'shop.live' },
  ],
  [{ BROKER: 'nats', NATS_URL: 'nats://a:1,nats://b:2' }, { natsUrl: 'nats://a:1,nats://b:2' }],
  [
    { NATS_STREAM: 'hub-2', NATS_REPLICAS: '3' },
    { natsStream: 'hub-2', natsReplicas: 3 },
  ],
  [{ PUBLIC_URL: 'https://hub.example/' }, { publicUrl: 'https://hub.example' }],
  [{ PUBLIC_URL: 'https://hub.example/a/hub/' }, { publicUrl: 'https://hub.example/a/hub' }],
  [{ TRUST_PROXY: 'off' }, { trustProxy: false }],
  [{ WEBHOOK_PRIVATE_ADDRESSES: 'allow' }, { webhookPrivateAddresses: { all: true, networks: [] } }],
  [
    { WEBHOOK_PRIVATE_ADDRESSES: '10.1.0.0/16, ::1' },
    { webhookPrivateAddresses: { all: false, networks: ['10.1.0.0/16', '::1'] } },
  ],
  [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
  [{ TRUST_PROXY: 'loopback, 10.0.0.0/8,::1' }, { trustProxy: 'loopback,10.0.0.0/8,::1' }],
  [
    { CORS_ORIGINS: 'https://a.example, http://b.example:81,' },
    { corsOrigins: ['https://a.example', 'http://b.example:81'] },
  ],
  [
    { STUN_URLS: 'stun:a:1,stuns:b', TURN_URLS: 'turn:c?transport=udp' },
    { stunUrls: ['stun:a:1', 'stuns:b'], turnUrls: ['turn:c?transport=udp'] },
  ],
  [{ MQTT_TOPICS: 'a/+/b,c/#' }, { mqttTopics: ['a/+/b', 'c/#'] }],
  [
    { ADMIN_PASSWORD: ' spaces are part of it ' },
    { admin: { email: 'admin@localhost', password: ' spaces are part of it ' } },
  ],
])('takes %j when it is allowed', (env, part) => {
  expect(readConfig(env)).toMatchObject(part)
})

it.each<[string, string]>([
  ['HOST', 'localhost:3000'],
  ['HOST', '[::1]'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3e3'],
  ['DATABASE_URL', 'mysql://db/x'],
  ['DATABASE_URL', 'db.example:5432'],
  ['BROKER', 'kafka'],
  ['JWT_JWKS_URL', 'file:///keys'],
  ['API_KEY', 'has space'],
  ['ADMIN_EMAIL', 'nobody'],
  ['PUBLIC_URL', 'hub.example'],
  ['PUBLIC_URL', 'https://hub.example/?a=1'],
  ['PUBLIC_URL', 'https://hub.example//hub'],
  ['PUBLIC_URL', 'https://hub.example/a@b'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['WEBHOOK_PRIVATE_ADDRESSES', 'yes'],
  ['WEBHOOK_PRIVATE_ADDRESSES', 'example.org'],
  ['CORS_ORIGINS', 'https://a.example/'],
  ['STUN_URLS', 'turn:a'],
  ['TURN_URLS', 'turn:'],
  ['MQTT_URL', 'http://broker'],
  ['MQTT_TOPICS', 'a/#/b'],
  ['MQTT_TOPICS', 'a+'],
  ['MQTT_GROUP', 'a/b'],
  ['LOG_LEVEL', 'verbose'],
])('names %s and what is allowed when it is %s', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} is ".*"; allowed: .+`))])
})

it('tells all problems, a line for each, when several values are wrong', () => {
  const env = { PORT: 'x', LOG_LEVEL: 'y' }
  expect(problemsOf(env)).toHaveLength(2)
  expect(() => readConfig(env)).toThrow(
    'PORT is "x"; allowed: a whole number from 0 to 65535; 0 picks a free port\nLOG_LEVEL is "y"',
  )
})

it.each(['postgres', 'redis', 'nats'])(
  'says what is missing when the broker is %s and nothing else is set',
  (broker) => {
    expect(problemsOf({ BROKER: broker })).toEqual([expect.stringMatching(/^BROKER is "\w+", which needs \w+_URL/)])
  },
)

it('keeps a problem to one line when the value has several', () => {
  expect(problemsOf({ LOG_LEVEL: 'info\nerror' })[0]?.split('\n')).toHaveLength(1)
})

it.each<[string, string]>([
  ['API_KEY', 'yk hunter2'],
  ['DATABASE_URL', 'postgress://admin:hunter2@db/x'],
  ['DATABASE_URL', 'admin:hunter2@db/x'],
  ['REDIS_URL', 'http://r?password=hunter2'],
  ['NATS_URL', 'nats://me:hunter2@a,b'],
  ['PUBLIC_URL', 'https://me:hunter2@hub.example'],
])('shows no secret when %s is wrong', (name, value) => {
  expect(problemsOf({ [name]: value }).join()).not.toContain('hunter2')
})

it('takes several workers over an engine and a database that they share alone', () => {
  const databaseUrl = 'postgres://localhost/yayin'
  expect(readConfig({ WORKERS: '4', DATABASE_URL: databaseUrl }).workers).toBe(4)
  expect(problemsOf({ WORKERS: '2' })).toEqual([expect.stringMatching(/^WORKERS is "2".* DATABASE_URL is not set$/)])
  const alone = { WORKERS: '2', DATABASE_URL: databaseUrl, BROKER: 'local' }
  expect(problemsOf(alone)).toEqual([expect.stringMatching(/^WORKERS is "2".* BROKER is "local"$/)])
  expect(problemsOf({ WORKERS: '0' })).toEqual(['WORKERS is "0"; allowed: a whole number from 1 to 128'])
})
