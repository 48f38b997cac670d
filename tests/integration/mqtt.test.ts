import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stats } from '../../shared/api.ts'
import { startLightServer } from '../support/light-server.ts'
import { type Mosquitto, mosquittoPath, startMosquitto } from '../support/mosquitto.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const DEADLINE_MS = 20_000

describe.skipIf(mosquittoPath === null)('what comes in by MQTT', () => {
  let mosquitto: Mosquitto
  let device: MqttClient

  const use = useServer(async () => {
    mosquitto = await startMosquitto()
    return startLightServer({
      env: { BROKER: 'local', MQTT_URL: mosquitto.url, MQTT_TOPICS: 'matches/#,sensors/+/temperature,admin/#' },
    })
  })
  beforeAll(async () => {
    await isOpen()
    device = await mosquitto.connect()
  })
  afterAll(() => mosquitto?.stop())

  const stats = async () => (await use.as().get<Stats>('/api/stats')).body.mqtt!
  const ready = async () => (await use.as().get<{ parts: Record<string, string> }>('/readyz')).body.parts.mqtt
  const isOpen = () => until(async () => (await ready()) === 'ok', { deadlineMs: DEADLINE_MS, what: 'MQTT is open' })
  const send = (topic: string, payload: string | Buffer, retain = false) =>
    device.publishAsync(topic, payload, { qos: 1, retain })
  const follow = (...channels: string[]) => use.follow(channels, { token: use.server.apiKey })

  it('reaches subscribers as a message on the channel of its topic, and is kept in the log', async () => {
    const stream = await follow('matches/**', 'sensors/**')
    await send('matches/7/events', '{"type":"goal","minute":12,"from":"eve"}')
    await send('sensors/a/temperature', '21.5')
    await send('sensors/b/temperature', Buffer.from([0xff, 0x00]))
    const goal = await stream.waitFor(({ body }) => body.type === 'goal', DEADLINE_MS)
    expect(goal.body).toMatchObject({ channel: 'matches/7/events', minute: 12, id: goal.lastEventId })
    expect(goal.body).not.toHaveProperty('from')
    await stream.waitFor(({ body }) => body.payload === '21.5' && body.type === 'mqtt', DEADLINE_MS)
    await stream.waitFor(({ body }) => body.payloadBase64 === '/wA=', DEADLINE_MS)
    const { body } = await use.as().get('/api/channels/matches%2F7%2Fevents/messages')
    expect(body.items).toHaveLength(1)
  })

  it('is refused and counted by reason when it can be no message, and holds nothing up', async () => {
    const before = await stats()
    await send('matches/7//events', '{}')
    await send('admin/logs', '{"type":"log"}')
    await send('matches/7/events', '{"type":"connected"}')
    await send('matches/7/events', 'x'.repeat(70_000))
    await send('matches/last', '{}')
    const after = await until(
      async () => {
        const now = await stats()
        return now.published > before.published ? now : undefined
      },
      { deadlineMs: DEADLINE_MS, what: 'the last one is published' },
    )
    expect(after.refused).toMatchObject({ invalid_channel: 1, forbidden_channel: 1, reserved_type: 1, too_large: 1 })
    expect(after.received - before.received).toBe(5)
    const { body } = await use.as().get('/api/logs?type=refused&q=too_large')
    expect(body.logs).toMatchObject([{ actor: 'mqtt', message: 'MQTT message refused' }])
  })

  it('comes in after a restart of the broker and of the server, in order, each once, retained ones not again', async () => {
    const stream = await follow('matches/order')
    await send('matches/kept', '{"n":-1}', true)
    await send('matches/order', '{"n":0}')
    await stream.waitFor(({ body }) => body.n === 0, DEADLINE_MS)
    await mosquitto.end()
    await until(async () => (await ready()) === 'away', { deadlineMs: DEADLINE_MS, what: 'MQTT is away' })
    expect((await use.as().get('/readyz')).status).toBe(200)
    await use.publish('public/x')
    await mosquitto.restart()
    await send('matches/order', '{"n":1}')
    await isOpen()
    await stream.waitFor(({ body }) => body.n === 1, DEADLINE_MS)
    const stopped = use.server.exited()
    use.server.kill('SIGTERM')
    await stopped
    for (let n = 2; n <= 50; n++) await send('matches/order', JSON.stringify({ n }))
    await use.server.restart()
    await isOpen()
    const lines = async () =>
      (await use.as().get('/api/channels/matches%2Forder/messages?limit=200')).body.items as { n: number }[]
    await until(async () => (await lines()).length >= 51, { deadlineMs: DEADLINE_MS, what: 'all of them came' })
    expect((await lines()).map(({ n }) => n).toReversed()).toEqual(Array.from({ length: 51 }, (_, n) => n))
    const { body } = await use.as().get('/api/channels/matches%2Fkept/messages')
    expect(body.items).toHaveLength(1)
  })
})
