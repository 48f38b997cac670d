import {
  count,
  email,
  headerSecret,
  host,
  isIceServer,
  isOrigin,
  isTopicFilter,
  keyPrefix,
  listOf,
  natsUrl,
  mqttGroup,
  oneOf,
  port,
  privateAddresses,
  publicUrl,
  redisUrl,
  replicas,
  seconds,
  secretText,
  type Shape,
  streamName,
  text,
  trustProxy,
  url,
  word,
} from './config-values.ts'

/** One environment variable: its shape, what holds without it, and what it is for. */
export interface Variable extends Shape<unknown> {
  /** What holds when it is not set, as it would be written; null for nothing. */
  default: string | null
  /** Says in words what happens without it, where the default alone doesn't. */
  without?: string
  description: string
  /** Whether an empty text is a value of its own, not the same as unset. */
  emptyIsValue?: boolean
}

/** What can put messages in order and carry them between nodes. */
export const BROKERS = ['local', 'postgres', 'redis', 'nats'] as const
/** The levels of the lines that the process prints, the least first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Every variable that the server reads, in the order of the manual, which is made from this table. */
export const VARIABLES = {
  HOST: {
    ...host,
    default: '127.0.0.1',
    description:
      'Address to listen on; `0.0.0.0` or `::` for all. On this machine alone, only requests sent to localhost or ' +
      'to `PUBLIC_URL` are answered, unless `TRUST_PROXY` is set.',
  },
  PORT: { ...port, default: '3000', description: 'Port to listen on; the ready line prints the real one.' },
  DATABASE_URL: {
    ...url('postgres', 'postgresql'),
    default: null,
    without: 'embedded database in `DATA_DIR`',
    description: 'PostgreSQL to keep everything in.',
  },
  DATABASE_LISTEN_URL: {
    ...url('postgres', 'postgresql'),
    default: null,
    without: '`DATABASE_URL`',
    description:
      'The same PostgreSQL past a pooler, for the one connection that hears notifications: a pooler in transaction ' +
      'mode does not pass them on.',
  },
  DATA_DIR: { ...text, default: './data', description: 'Folder of the embedded database and of generated secrets.' },
  BROKER: {
    ...oneOf(BROKERS),
    default: null,
    without: '`postgres` with `DATABASE_URL`, else `local`',
    description: 'What puts messages in order and carries them between nodes.',
  },
  REDIS_URL: {
    ...redisUrl,
    default: null,
    description:
      'Redis, for `BROKER=redis`: one server, `redis+sentinel://host,host/primary` or `redis+cluster://host,host`; with ' +
      'user and password before an `@`, the number of a database as the last part of the path, and `rediss` for TLS.',
  },
  REDIS_PREFIX: {
    ...keyPrefix,
    default: 'yayin',
    description: 'Begins the names of all keys in Redis; parts several installations on one Redis.',
  },
  NATS_URL: {
    ...natsUrl,
    default: null,
    description:
      'NATS servers with JetStream, for `BROKER=nats`; with user and password, or a token, before an `@`, and `tls` ' +
      'for TLS.',
  },
  NATS_STREAM: {
    ...streamName,
    default: 'yayin',
    description: 'Name of the stream in NATS, and beginning of its subjects; parts several installations on one NATS.',
  },
  NATS_REPLICAS: {
    ...replicas,
    default: null,
    without: 'left as it is; one for a new stream',
    description: 'How many servers of a NATS cluster keep the log. With three, the loss of any one loses nothing.',
  },
  JWT_SECRET: {
    ...secretText,
    default: null,
    without: 'generated into `DATA_DIR`',
    description: 'Secret that signs and verifies users’ tokens (HS256); 32 bytes or more.',
  },
  JWT_JWKS_URL: {
    ...url('http', 'https'),
    default: null,
    description: 'Where the public keys lie that verify users’ tokens, instead of the secret.',
  },
  JWT_ISSUER: { ...text, default: null, without: 'not checked', description: '`iss` that users’ tokens must have.' },
  JWT_AUDIENCE: { ...text, default: null, without: 'not checked', description: '`aud` that users’ tokens must have.' },
  API_KEY: {
    ...headerSecret,
    default: null,
    without: 'generated into `DATA_DIR`',
    description: 'API key with every scope, for the first steps.',
  },
  ADMIN_EMAIL: { ...email, default: 'admin@localhost', description: 'E-mail address of the first admin.' },
  ADMIN_PASSWORD: {
    ...secretText,
    default: null,
    without: 'a one-time sign-in link is printed at start',
    description: 'Password of the first admin.',
  },
  PUBLIC_URL: {
    ...publicUrl,
    default: null,
    without: 'taken from each request',
    description:
      'Address that browsers reach the server by, when a proxy stands in front; https is kept to. With a path, ' +
      'everything lies below it, whether the proxy takes the path off or not.',
  },
  TRUST_PROXY: {
    ...trustProxy,
    default: 'off',
    description: 'Proxies whose `X-Forwarded-*` headers are believed.',
  },
  CORS_ORIGINS: {
    ...listOf(isOrigin, 'origins such as https://app.example.org, or * for all'),
    default: '',
    description: 'Other origins whose pages may call the server from a browser.',
  },
  STUN_URLS: {
    ...listOf((item) => isIceServer(item, ['stun', 'stuns']), 'stun: or stuns: addresses'),
    default: 'stun:stun.l.google.com:19302',
    emptyIsValue: true,
    description: 'STUN servers for video; set but empty for none.',
  },
  TURN_URLS: {
    ...listOf((item) => isIceServer(item, ['turn', 'turns']), 'turn: or turns: addresses'),
    default: '',
    description: 'TURN servers for video.',
  },
  TURN_SECRET: {
    ...secretText,
    default: null,
    description: 'Secret shared with the TURN servers (coturn’s REST scheme), for credentials that expire.',
  },
  MQTT_URL: {
    ...url('mqtt', 'mqtts', 'ws', 'wss'),
    default: null,
    description: 'MQTT broker to take messages in from.',
  },
  MQTT_TOPICS: {
    ...listOf(isTopicFilter, 'MQTT topic filters'),
    default: '#',
    description: 'Topics to take in.',
  },
  MQTT_GROUP: {
    ...mqttGroup,
    default: 'yayin',
    description:
      'Name under which the nodes share the messages out among them; installations that each want all of ' +
      'them need names of their own. Set but empty: one node at a time takes all of them, in their order.',
    emptyIsValue: true,
  },
  WORKERS: {
    ...count,
    default: '1',
    description:
      'How many processes serve at this address, each a node of its own, for machines with several cores. More than one ' +
      'need an engine and a database that they share: `DATABASE_URL`.',
  },
  DRAIN_GRACE_SECONDS: {
    ...seconds,
    default: '1',
    description:
      'When this node is told to stop while others run: how long it answers `/readyz` with 503 and serves everybody all ' +
      'the same, so that balancers take note.',
  },
  DRAIN_SECONDS: {
    ...seconds,
    default: '3',
    description:
      'The time after that over which its clients are moved to the other nodes, in waves. A stop ends within 10 s unless ' +
      'these two are set to more than 4 s together; then about 6 s later than they say.',
  },
  WEBHOOK_PRIVATE_ADDRESSES: {
    ...privateAddresses,
    default: 'deny',
    description:
      'Which addresses that are not on the public internet webhooks may be sent to: none, this machine and private ' +
      'networks (`allow`), or the networks named. Link-local addresses, where clouds keep secrets, have to be named.',
  },
  RAW_STREAMS: {
    ...oneOf(['on', 'off'] as const),
    default: 'on',
    description:
      'Whether event streams are written straight to their sockets, past Node’s HTTP server. `off` costs memory and ' +
      'time, and is for tools that have to see each response.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    ...url('http', 'https'),
    default: null,
    without: 'no traces',
    description:
      'OpenTelemetry collector to send traces of publishes to, by OTLP over HTTP; `/v1/traces` is appended. Its ' +
      'libraries read `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER` and their kin by themselves.',
  },
  OTEL_SERVICE_NAME: { ...text, default: 'yayin', description: 'Name that the traces are under.' },
  LOG_LEVEL: {
    ...oneOf(LOG_LEVELS),
    default: 'info',
    description: 'Least level of the lines that the process prints.',
  },
  NODE_ENV: { ...word, default: 'production', description: 'What kind of run it is.' },
} as const satisfies Record<string, Variable>
