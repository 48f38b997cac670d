import { describe, expect, it } from 'vitest'
import type { SettingInfo } from '../../shared/api.ts'
import { type SettingDefinition, type SettingKey, SETTINGS } from '../../shared/settings.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()

const list = async () => (await use.as().get<{ settings: SettingInfo[] }>('/api/settings')).body.settings
const find = async (key: string) => (await list()).find((setting) => setting.key === key)
const post = (key: string, value: unknown, more = {}) => use.as().post('/api/settings', { key, value, ...more })

/** What the product promises, by name. */
const DEFAULTS = {
  max_connections: 10_000,
  heartbeat_interval: 25,
  history_ttl: 24,
  history_max_messages: 100_000,
  message_max_bytes: 65_536,
  replay_max_messages: 10_000,
  slow_consumer_max_bytes: 1_048_576,
  publish_rate_limit: 0,
  client_rate_limit: 50,
  anonymous_access: true,
  public_channels: ['broadcast', 'public/**'],
  guest_rooms: false,
  log_retention_days: 30,
  // The environment of these tests has STUN_URLS empty.
  stun_urls: [],
}

const entries = Object.entries(SETTINGS) as [SettingKey, SettingDefinition][]

describe('the settings', () => {
  it('have their default again when they are removed, and nobody who changed them', async () => {
    expect((await post('client_rate_limit', 7)).status).toBe(200)
    expect((await post('app.removed', { a: 1 })).status).toBe(200)
    expect((await use.as().delete('/api/settings/client_rate_limit')).status).toBe(204)
    expect((await use.as().delete('/api/settings/app.removed')).status).toBe(204)
    expect(await find('client_rate_limit')).toMatchObject({ value: 50, updatedAt: null, updatedBy: null })
    expect(await find('app.removed')).toBeUndefined()
    expect((await use.as().delete('/api/settings/app.removed')).status).toBe(404)
    expect((await use.as().delete('/api/settings/nonsense')).body).toMatchObject({ code: 'unknown_setting' })
    expect((await use.as(null).delete('/api/settings/client_rate_limit')).status).toBe(401)
  })

  it('are listed with their defaults, limits and words', async () => {
    const settings = await list()
    expect(settings.map(({ key }) => key)).toEqual(Object.keys(SETTINGS))
    expect(Object.fromEntries(settings.map(({ key, value }) => [key, value]))).toMatchObject(DEFAULTS)
    for (const { key, value, default: initial, description, updatedAt, updatedBy } of settings) {
      expect(value, key).toEqual(initial)
      expect(description, key).toMatch(/\w/)
      expect({ updatedAt, updatedBy }).toEqual({ updatedAt: null, updatedBy: null })
    }
    expect(await find('heartbeat_interval')).toMatchObject({ type: 'number', unit: 's', min: 1, max: 3600 })
    expect(await find('anonymous_access')).toMatchObject({ type: 'boolean', min: null, max: null })
  })

  it.each(entries)('take %s within its limits, typed and as text', async (key, definition) => {
    for (const value of valuesFor(definition)) {
      await use.set(key, value)
      const text = Array.isArray(value) ? value.join(', ') : String(value)
      const { status, body } = await post(key, text)
      expect(status, text).toBe(200)
      expect(body).toMatchObject({ key, value, updatedBy: 'key:bootstrap', updatedAt: expect.any(String) })
      expect(await find(key)).toEqual(body)
    }
  })

  it.each(entries)('refuse what %s may not be, and say what it may', async (key, definition) => {
    const before = await find(key)
    for (const value of wrongFor(definition)) {
      const { status, body } = await post(key, value)
      expect({ value, status, code: body.code }).toEqual({ value, status: 400, code: 'invalid' })
      expect(body.detail).toContain(key)
      if ('min' in definition) expect(body.detail).toContain(`from ${definition.min} to ${definition.max}`)
    }
    expect(await find(key)).toEqual(before)
  })

  it('refuse a key that is none, and name those that are', async () => {
    for (const key of ['max_conections', '__proto__', 'constructor', 'app', 'app.', 'app.a b']) {
      const { body } = await post(key, 1)
      expect(body, key).toMatchObject({ status: 400, code: 'unknown_setting' })
      for (const known of Object.keys(SETTINGS)) expect(body.detail).toContain(known)
    }
    for (const body of [{}, { key: 'app.x' }, { value: 1 }, [], 'x', { key: 'app.x', value: 1, other: 1 }]) {
      expect((await use.as().post('/api/settings', body)).status, JSON.stringify(body)).toBe(400)
    }
  })

  it('hold an app’s own values under app.', async () => {
    const value = { theme: 'dark', sizes: [1, 2.5], nothing: null, ü: 'ğ' }
    const { status, body } = await post('app.look', value, { description: 'How it looks' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ key: 'app.look', value, default: null, description: 'How it looks' })
    expect((await post('app.look', null)).body).toMatchObject({ value: null, description: 'How it looks' })
    expect((await post('app.look', 'x'.repeat(70_000))).status).toBe(400)
    expect((await post('app.nul', 'a\u0000b')).status).toBe(400)
  })

  it('stand as they were set when the server is killed and started again', async () => {
    await use.set('replay_max_messages', 123)
    await use.set('public_channels', ['news/*'])
    await post('app.kept', [1, 2])
    await use.server.restart({ signal: 'SIGKILL' })
    expect(await find('replay_max_messages')).toMatchObject({ value: 123, default: 10_000, updatedBy: 'key:bootstrap' })
    expect(await find('app.kept')).toMatchObject({ value: [1, 2] })
    expect((await use.open({ channels: ['news/today'] })).status).toBe(200)
    expect((await use.open({ channels: ['broadcast'] })).status).toBe(401)
  })

  it('are in force at once: who may listen without a token', async () => {
    const status = async (channel: string) => (await use.open({ channels: [channel] })).status
    expect([await status('broadcast'), await status('news/today')]).toEqual([200, 401])
    await use.set('public_channels', 'news/*')
    expect([await status('broadcast'), await status('news/today')]).toEqual([401, 200])
    await use.set('anonymous_access', false)
    expect(await status('news/today')).toBe(401)
    await use.set('anonymous_access', 'true')
    expect(await status('news/today')).toBe(200)
  })

  it('are in force at once: how long messages are kept', async () => {
    await use.publish('public/brief')
    const kept = async () =>
      (await use.as().get<{ items: unknown[] }>('/api/channels/public%2Fbrief/messages')).body.items.length
    expect(await kept()).toBe(1)
    await use.set('history_ttl', SETTINGS.history_ttl.min)
    await until(async () => (await kept()) === 0, { what: 'it is gone', deadlineMs: 10_000 })
  })

  it('are for admins alone', async () => {
    const eve = use.as(await use.tokenFor({ sub: 'eve', publish: ['**'] }))
    for (const [caller, status] of [
      [use.as(null), 401],
      [eve, 403],
    ] as const) {
      expect((await caller.get('/api/settings')).status).toBe(status)
      expect((await caller.post('/api/settings', { key: 'app.x', value: 1 })).status).toBe(status)
    }
    expect(await find('app.x')).toBeUndefined()
  })
})

function valuesFor(definition: SettingDefinition): (number | boolean | string[])[] {
  if (definition.type === 'boolean') return [true, false]
  if (definition.type !== 'list') return [definition.min, definition.max]
  return [definition.check('stun:stun.example.org') === null ? ['stun:stun.example.org'] : ['news/*', 'public/**'], []]
}

function wrongFor(definition: SettingDefinition): unknown[] {
  const never = [null, {}, 'perhaps', '1e3x']
  if (definition.type === 'boolean') return [...never, 1, 0, '', 'TRUE', [true]]
  if (definition.type === 'list') return [null, {}, 5, [5], ['a//b c'], '[1', 'a b', [['a']]]
  const outside = [definition.min - 1, definition.max + 1, String(definition.max + 1), '', '0x10', true, [1]]
  return [...never, ...outside, ...(definition.type === 'integer' ? [definition.min + 0.5] : [])]
}
