import { connect, type IClientOptions, type IConnackPacket, type MqttClient } from 'mqtt'
import type { IPublishPacket } from 'mqtt-packet'
import { readAddress } from './address.ts'
import { ReadAhead } from './read-ahead.ts'
import type { ConnectFailure, MqttVersion } from './version.ts'

const CONNECT_TIMEOUT_MS = 10_000
const KEEPALIVE_SECONDS = 30
/** How long the broker keeps what comes while nobody of this session is there: a week, in seconds. */
const SESSION_EXPIRY_SECONDS = 604_800
/** Most messages that the broker sends before the first of them is acknowledged; MQTT 3.1.1 leaves that to the broker. */
const RECEIVE_MAXIMUM = 1000
/** How long the broker may take for what still has to be said at the end. */
const END_TIMEOUT_MS = 1000

export interface LinkOptions {
  url: string
  clientId: string
  version: MqttVersion
  /** Deals with a message; resolves when it may be acknowledged. */
  take: (packet: IPublishPacket) => Promise<void>
  /** Called when the broker has let us in; a rejection ends the connection. */
  onConnect: (client: MqttClient, connack: IConnackPacket) => Promise<void>
}

/** How a connection ended: `failure` is null when it had stood. */
export interface LinkEnd {
  failure: ConnectFailure | null
  /** What was wrong, for the log. */
  error: unknown
}

/** One connection to the broker, from its beginning to its end. */
export interface Link {
  readonly ended: Promise<LinkEnd>
  /** Says goodbye; the broker keeps the session unless `forget`. */
  end(forget?: boolean): Promise<void>
}

/** Opens a connection; whatever becomes of it is told by `ended`, which never rejects. */
export function openLink({ url, clientId, version, take, onConnect }: LinkOptions): Link {
  const { url: address, ...credentials } = readAddress(url)
  const client = connect(address, { ...optionsOf(version), ...credentials, clientId })
  const ahead = new ReadAhead(version, take)
  client.stream.prependListener('data', (bytes: Buffer) => ahead.push(bytes))
  const acknowledgeInTurn = async (acknowledge: () => void) => {
    await ahead.next()
    if (client.connected) acknowledge()
  }
  client.handleMessage = (_packet, acknowledge) => void acknowledgeInTurn(acknowledge)
  let stood = false
  let error: unknown = null
  client.on('error', (cause) => (error ??= cause))
  client.once('connect', (connack) => {
    onConnect(client, connack).then(
      () => (stood = true),
      (cause: unknown) => {
        error ??= cause
        client.end(true)
      },
    )
  })
  const ended = new Promise<LinkEnd>((resolve) => {
    client.once('close', () => {
      client.end(true)
      resolve({ failure: stood ? null : failureOf(error), error })
    })
  })
  return {
    ended,
    async end(forget = false) {
      const properties = forget && version === 5 ? { properties: { sessionExpiryInterval: 0 } } : {}
      client.end(false, properties)
      const late = setTimeout(() => client.end(true), END_TIMEOUT_MS)
      await ended
      clearTimeout(late)
    },
  }
}

function optionsOf(version: MqttVersion): IClientOptions {
  return {
    protocolVersion: version,
    clean: false,
    keepalive: KEEPALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    resubscribe: false,
    ...(version === 5 && {
      properties: { sessionExpiryInterval: SESSION_EXPIRY_SECONDS, receiveMaximum: RECEIVE_MAXIMUM },
    }),
  }
}

function failureOf(error: unknown): ConnectFailure {
  if (error === null) return { kind: 'cut' }
  const { code } = error as { code?: unknown }
  return typeof code === 'number' ? { kind: 'refused', code } : { kind: 'unreachable' }
}
