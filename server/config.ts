import { resolve } from 'node:path'
import type { Shape } from './config-values.ts'
import { type BROKERS, type LOG_LEVELS, type Variable, VARIABLES } from './config-variables.ts'

type Name = keyof typeof VARIABLES
type ValueOf<V> = V extends Shape<infer T> & { default: infer D } ? (D extends string ? T : T | null) : never
type Values = { [K in Name]: ValueOf<(typeof VARIABLES)[K]> }

/** How the server was told to run. Frozen through and through; null means not set. */
export interface Config {
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  readonly databaseUrl: string | null
  readonly databaseListenUrl: string | null
  /** Absolute. */
  readonly dataDir: string
  readonly broker: (typeof BROKERS)[number]
  readonly redisUrl: string | null
  readonly redisPrefix: string
  /** One server or several, parted by commas. */
  readonly natsUrl: string | null
  readonly natsStream: string
  /** From 1 to 5. */
  readonly natsReplicas: number | null
  readonly jwt: {
    readonly secret: string | null
    readonly jwksUrl: string | null
    readonly issuer: string | null
    readonly audience: string | null
  }
  readonly apiKey: string | null
  readonly admin: { readonly email: string; readonly password: string | null }
  /** Without a slash at the end. */
  readonly publicUrl: string | null
  /** As Express takes it. */
  readonly trustProxy: boolean | number | string
  /** `*` stands for every origin. */
  readonly corsOrigins: readonly string[]
  readonly stunUrls: readonly string[]
  readonly turnUrls: readonly string[]
  readonly turnSecret: string | null
  readonly mqttUrl: string | null
  readonly mqttTopics: readonly string[]
  /** Null: one node takes all. */
  readonly mqttGroup: string | null
  readonly workers: number
  readonly drainGraceMs: number
  /** The time over which clients are moved to other nodes. */
  readonly drainMs: number
  readonly webhookPrivateAddresses: { readonly all: boolean; readonly networks: readonly string[] }
  /** Null for no traces. */
  readonly otlpEndpoint: string | null
  readonly otelServiceName: string
  readonly rawStreams: boolean
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly nodeEnv: string
}

/** The environment asks for something that can't be; `message` has one plain line for each problem, without secrets. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the configuration out of environment variables; an empty text counts as unset (but for STUN_URLS).
 * Throws a ConfigError that names every wrong value and what is allowed.
 */
export function readConfig(env: NodeJS.ProcessEnv): Readonly<Config> {
  const problems: string[] = []
  const entries = Object.entries(VARIABLES).map(([name, variable]) => [name, read(name, variable, env, problems)])
  if (problems.length > 0) throw new ConfigError(problems)
  const values = Object.fromEntries(entries) as Values
  const broker = values.BROKER ?? (values.DATABASE_URL === null ? 'local' : 'postgres')
  const missing = missingFor(broker, values)
  if (missing !== null) throw new ConfigError([`BROKER is "${broker}", which needs ${missing}, and that is not set`])
  if (values.WORKERS > 1) checkWorkers(values, broker)
  return toConfig(values, broker)
}

function read(name: string, variable: Variable, env: NodeJS.ProcessEnv, problems: string[]): unknown {
  const given = textOf(env[name], variable)
  const source = given ?? variable.default
  if (source === null) return null
  const result = variable.schema.safeParse(source)
  if (result.success) return result.data
  problems.push(`${name} is ${shown(source, variable)}; allowed: ${variable.allowed}`)
  return null
}

/** Returns what was set, or null; spaces around a value are a slip of the pen unless it is a secret. */
function textOf(given: string | undefined, variable: Variable): string | null {
  if (given === undefined) return null
  const value = variable.hidden === 'all' ? given : given.trim()
  return value === '' && !variable.emptyIsValue ? null : value
}

function shown(value: string, { hidden }: Variable): string {
  if (hidden === 'all') return '"***"'
  // A password may stand anywhere in a mistyped address.
  if (hidden === 'after-scheme' && /[@?#]/.test(value))
    return `"${/^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? ''}***"`
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value)
}

function missingFor(broker: Config['broker'], values: Values): Name | null {
  const needed = { local: null, postgres: 'DATABASE_URL', redis: 'REDIS_URL', nats: 'NATS_URL' } as const
  const name = needed[broker]
  return name !== null && values[name] === null ? name : null
}

/** Several processes share neither the embedded database nor what one of them keeps in memory. */
function checkWorkers({ WORKERS, DATABASE_URL }: Values, broker: Config['broker']): void {
  const start = `WORKERS is "${WORKERS}": several processes need`
  if (DATABASE_URL === null)
    throw new ConfigError([`${start} a PostgreSQL that they share, and DATABASE_URL is not set`])
  if (broker === 'local') throw new ConfigError([`${start} an engine that they share, and BROKER is "local"`])
}

function toConfig(values: Values, broker: Config['broker']): Readonly<Config> {
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    databaseListenUrl: values.DATABASE_LISTEN_URL,
    dataDir: resolve(values.DATA_DIR),
    broker,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.REDIS_PREFIX,
    natsUrl: values.NATS_URL,
    natsStream: values.NATS_STREAM,
    natsReplicas: values.NATS_REPLICAS,
    jwt: Object.freeze({
      secret: values.JWT_SECRET,
      jwksUrl: values.JWT_JWKS_URL,
      issuer: values.JWT_ISSUER,
      audience: values.JWT_AUDIENCE,
    }),
    apiKey: values.API_KEY,
    admin: Object.freeze({ email: values.ADMIN_EMAIL, password: values.ADMIN_PASSWORD }),
    publicUrl: values.PUBLIC_URL,
    trustProxy: values.TRUST_PROXY,
    corsOrigins: values.CORS_ORIGINS,
    stunUrls: values.STUN_URLS,
    turnUrls: values.TURN_URLS,
    turnSecret: values.TURN_SECRET,
    mqttUrl: values.MQTT_URL,
    mqttTopics: values.MQTT_TOPICS,
    mqttGroup: values.MQTT_GROUP,
    workers: values.WORKERS,
    drainGraceMs: values.DRAIN_GRACE_SECONDS,
    drainMs: values.DRAIN_SECONDS,
    webhookPrivateAddresses: values.WEBHOOK_PRIVATE_ADDRESSES,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    otelServiceName: values.OTEL_SERVICE_NAME,
    rawStreams: values.RAW_STREAMS === 'on',
    logLevel: values.LOG_LEVEL,
    nodeEnv: values.NODE_ENV,
  })
}
