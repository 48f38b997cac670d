import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { findOpenssl } from '../../scripts/test-parts.mjs'
import { startLightServer } from '../support/light-server.ts'
import { type Mosquitto, mosquittoPath, startMosquitto } from '../support/mosquitto.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const DEADLINE_MS = 90_000

async function broker(lines?: readonly string[]): Promise<Mosquitto> {
  const mosquitto = await startMosquitto(lines)
  onTestFinished(() => mosquitto.stop())
  return mosquitto
}

async function node(databaseUrl: string, env: Record<string, string>): Promise<TestServer> {
  const server = await startServer({ databaseUrl, env })
  onTestFinished(async () => void (await server.stop()))
  await isOpen(server)
  return server
}

async function isOpen({ url }: TestServer): Promise<void> {
  const takesIn = async () => (await (await fetch(`${url}/readyz`)).text()).includes('"mqtt":"ok"')
  await until(takesIn, { deadlineMs: 30_000, everyMs: 50, what: 'messages come in' })
}

/** Reads `n` of all messages on a channel, in the order of the log. */
async function numbersOn(client: pg.Client, channel: string): Promise<number[]> {
  const { rows } = await client.query(
    `select (body::jsonb ->> 'n')::int as n from messages where channel = $1 order by log_offset`,
    [channel],
  )
  return (rows as { n: number }[]).map(({ n }) => n)
}

async function reader(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)

describe.skipIf(mosquittoPath === null || !postgresUrl)('MQTT under load', () => {
  it('takes in 5,000 messages a second, each once and in order', async () => {
    const [mosquitto, databaseUrl] = [await broker(), await createDatabase(postgresUrl!)]
    const server = await node(databaseUrl, { BROKER: 'local', MQTT_URL: mosquitto.url, MQTT_TOPICS: 'load/#' })
    const device = await mosquitto.connect()
    const [perSecond, seconds] = [5000, 8]
    const startedAtMs = performance.now()
    let sent = 0
    while (sent < perSecond * seconds) {
      const due = Math.min(perSecond * seconds, ((performance.now() - startedAtMs) / 1000) * perSecond)
      for (; sent < due; sent++)
        device.publish('load/a', JSON.stringify({ n: sent, text: 'x'.repeat(100) }), { qos: 1 })
      await delay(5)
    }
    const client = await reader(databaseUrl)
    const isIn = async () => (await client.query('select head from log_state')).rows[0].head >= sent
    await until(isIn, { deadlineMs: DEADLINE_MS, everyMs: 100, what: 'all are in the log' })
    const tookMs = performance.now() - startedAtMs
    expect(await numbersOn(client, 'load/a')).toEqual(upTo(sent))
    process.stdout.write(
      `${sent} messages sent at ${perSecond}/s were in the log after ${(tookMs / 1000).toFixed(1)} s\n`,
    )
    expect(server.logs()).not.toContain('"level":50')
  })

  it('loses nothing when one of two nodes is killed, and takes in what its session held', async () => {
    const [mosquitto, databaseUrl] = [await broker(), await createDatabase(postgresUrl!)]
    const env = { BROKER: 'postgres', MQTT_URL: mosquitto.url, MQTT_TOPICS: 'shared/#' }
    const [first, second] = [await node(databaseUrl, env), await node(databaseUrl, env)]
    const client = await reader(databaseUrl)
    const device = await mosquitto.connect()
    const send = (n: number) => device.publishAsync('shared/a', JSON.stringify({ n }), { qos: 1 })
    for (let n = 0; n < 200; n++) await send(n)
    const distinct = async () => new Set(await numbersOn(client, 'shared/a'))
    await until(async () => (await distinct()).size === 200, { deadlineMs: DEADLINE_MS, what: 'all came' })
    expect(await numbersOn(client, 'shared/a')).toHaveLength(200)
    const dead = second.exited()
    second.kill('SIGKILL')
    await dead
    for (let n = 200; n < 400; n++) await send(n)
    await until(async () => (await distinct()).size === 400, {
      deadlineMs: DEADLINE_MS,
      everyMs: 500,
      what: 'all came',
    })
    await until(() => first.logs().includes('was emptied'), {
      deadlineMs: DEADLINE_MS,
      what: 'the session is given up',
    })
  })

  it('lets one node after the other take all messages, in order, when they are not to be shared', async () => {
    const [mosquitto, databaseUrl] = [await broker(), await createDatabase(postgresUrl!)]
    const env = { BROKER: 'postgres', MQTT_URL: mosquitto.url, MQTT_TOPICS: 'one/#', MQTT_GROUP: '' }
    const [first] = [await node(databaseUrl, env), await node(databaseUrl, env)]
    const client = await reader(databaseUrl)
    const device = await mosquitto.connect()
    for (let n = 0; n < 400; n++) {
      if (n === 200) first.kill('SIGTERM')
      await device.publishAsync('one/a', JSON.stringify({ n }), { qos: 1 })
    }
    const all = () => numbersOn(client, 'one/a')
    await until(async () => (await all()).length >= 400, { deadlineMs: DEADLINE_MS, everyMs: 200, what: 'all came' })
    expect(await all()).toEqual(upTo(400))
  })

  it('speaks 3.1.1 with a broker that does not know MQTT 5', async () => {
    const mosquitto = await broker()
    const old = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', (bytes) => {
          // The level of the protocol stands behind its name (MQTT 5 §3.1.2.2); 1 is "unacceptable" (3.1.1 §3.2.2.3).
          if (bytes[bytes.indexOf('MQTT') + 4] === 5) return void socket.end(Buffer.from([0x20, 2, 0, 1]))
          const onward = connect(mosquitto.port, '127.0.0.1')
          onward.on('error', () => socket.destroy()).write(bytes)
          socket.pipe(onward).pipe(socket)
        })
    }).listen(0, '127.0.0.1')
    await once(old, 'listening')
    onTestFinished(() => void old.close())
    const { port } = old.address() as AddressInfo
    const server = await startLightServer({ env: { MQTT_URL: `mqtt://127.0.0.1:${port}`, MQTT_TOPICS: 'old/#' } })
    onTestFinished(async () => void (await server.stop()))
    await isOpen(server)
    expect(server.logs()).toContain('"mqtt":"3.1.1"')
    const device = await mosquitto.connect()
    await device.publishAsync('old/a', '{}', { qos: 1 })
    await until(async () => (await past(server, 'old/a')) === 1, { deadlineMs: DEADLINE_MS, what: 'it came' })
  })

  it.skipIf(findOpenssl() === null)('comes in by TLS, with a user and a password', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'yayin-mqtt-tls-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    const [key, certificate, passwords] = ['key.pem', 'certificate.pem', 'passwords'].map((name) =>
      join(dir, name),
    ) as [string, string, string]
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync(
      findOpenssl()!,
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-days',
          '2',
          '-keyout',
          key,
          '-out',
          certificate,
          ...names,
        ],
      ],
      { stdio: 'ignore' },
    )
    execFileSync('mosquitto_passwd', ['-b', '-c', passwords, 'de@vice', 'p@ss/wörd'])
    const mosquitto = await broker([
      ...[`certfile ${certificate}`, `keyfile ${key}`, `password_file ${passwords}`, 'allow_anonymous false'],
    ])
    const start = (credentials: string) =>
      startLightServer({
        env: {
          MQTT_URL: `mqtts://${credentials}@127.0.0.1:${mosquitto.port}`,
          NODE_EXTRA_CA_CERTS: certificate,
        },
      })
    const server = await start(`${encodeURIComponent('de@vice')}:${encodeURIComponent('p@ss/wörd')}`)
    onTestFinished(async () => void (await server.stop()))
    await isOpen(server)
    const stranger = await start('stranger:wrong')
    onTestFinished(async () => void (await stranger.stop()))
    await until(() => stranger.logs().includes('The MQTT broker is away'), {
      deadlineMs: DEADLINE_MS,
      what: 'it is refused',
    })
    expect(stranger.logs()).not.toContain('wrong')
  })
})

async function past({ url, apiKey }: TestServer, channel: string): Promise<number> {
  const address = `${url}/api/channels/${encodeURIComponent(channel)}/messages`
  const response = await fetch(address, { headers: { Authorization: `Bearer ${apiKey}` } })
  return ((await response.json()) as { items: unknown[] }).items.length
}
