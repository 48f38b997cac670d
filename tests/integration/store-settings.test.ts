import { expect, it } from 'vitest'
import { createSettings } from '../../server/store/settings.ts'
import { SETTINGS } from '../../shared/settings.ts'
import { describeStores } from '../support/stores.ts'

const actor = 'admin:ada'

describeStores('settings', (database) => {
  it('has the defaults in force, given ones before defined ones, until something is stored', async () => {
    const settings = createSettings({ db: database().db, defaults: { stun_urls: [] } })
    await settings.load()
    expect(settings.values).toMatchObject({ max_connections: 10_000, stun_urls: [] })
    const listed = settings.list()
    expect(listed.map(({ key }) => key)).toEqual(Object.keys(SETTINGS))
    expect(listed.find(({ key }) => key === 'stun_urls')).toMatchObject({ value: [], default: [], updatedAt: null })
    expect(listed.find(({ key }) => key === 'heartbeat_interval')).toMatchObject({
      value: 25,
      default: 25,
      type: 'number',
      unit: 's',
      min: 1,
      max: 3600,
      updatedBy: null,
    })
  })

  it('puts a value in force, tells listeners once and keeps it for the next start', async () => {
    const settings = createSettings({ db: database().db })
    await settings.load()
    const { values } = settings
    const heard: unknown[] = []
    const stop = settings.onChange((key) => heard.push(key, values[key]))
    const { setting, old } = await settings.set('max_connections', '20', { actor, description: 'small' })
    expect(old).toBe(10_000)
    expect(setting).toMatchObject({ value: 20, default: 10_000, description: 'small', updatedBy: actor })
    expect(values.max_connections).toBe(20)
    await settings.set('max_connections', 20, { actor })
    expect(heard).toEqual(['max_connections', 20])
    stop()

    const next = createSettings({ db: database().db })
    await next.load()
    expect(next.values.max_connections).toBe(20)
    expect(next.list().find(({ key }) => key === 'max_connections')).toMatchObject({ value: 20, description: 'small' })
  })

  it('keeps who and when, in a row of its own, when a value goes back to the default', async () => {
    const settings = createSettings({ db: database().db })
    await settings.set('guest_rooms', true, { actor })
    const { setting, old } = await settings.set('guest_rooms', false, { actor: 'key:k' })
    expect(old).toBe(true)
    expect(setting).toMatchObject({ value: false, updatedBy: 'key:k' })
  })

  it('follows what another node stored when it loads again', async () => {
    const [one, other] = [createSettings({ db: database().db }), createSettings({ db: database().db })]
    const heard: string[] = []
    one.onChange((key) => heard.push(key))
    await other.set('public_channels', 'a, b/**', { actor })
    await one.load()
    expect(one.values.public_channels).toEqual(['a', 'b/**'])
    expect(heard).toEqual(['public_channels'])
  })

  it('says what is allowed and changes nothing when a value is wrong', async () => {
    const settings = createSettings({ db: database().db })
    const wrong = settings.set('max_connections', 0, { actor })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid', errors: [{ path: 'value' }] })
    await expect(wrong).rejects.toThrow('max_connections takes a whole number from 1 to 1000000')
    await expect(settings.set('nothing', 1, { actor })).rejects.toMatchObject({ code: 'unknown_setting' })
    const description = 'a\0'
    await expect(settings.set('guest_rooms', true, { actor, description })).rejects.toMatchObject({ code: 'invalid' })
    await settings.load()
    expect(settings.values).toMatchObject({ max_connections: 10_000, guest_rooms: false })
  })

  it('ignores a stored value when this version does not take it, and a key that it does not know', async () => {
    await database().pool.query(
      `insert into server_settings (key, value) values ('max_connections', '-5'), ('long_gone', '1')`,
    )
    const settings = createSettings({ db: database().db })
    await settings.load()
    expect(settings.values.max_connections).toBe(10_000)
    expect(settings.list().some(({ key }) => key === 'long_gone')).toBe(false)
  })

  it('keeps any JSON under the user’s own keys, null too', async () => {
    const settings = createSettings({ db: database().db })
    const theme = { dark: true, sizes: [1, 2.5, null], name: 'şık "1"' }
    await settings.set('app.theme', { old: 1 }, { actor, description: 'colours' })
    const { setting, old } = await settings.set('app.theme', theme, { actor })
    expect(old).toEqual({ old: 1 })
    expect(setting).toMatchObject({
      key: 'app.theme',
      value: theme,
      type: 'json',
      default: null,
      description: 'colours',
    })
    await settings.set('app.none', null, { actor })
    await settings.set('app.text', '5', { actor })

    const next = createSettings({ db: database().db })
    await next.load()
    const own = next.list().filter(({ key }) => key.startsWith('app.'))
    expect(own.map(({ key, value }) => [key, value])).toEqual([
      ['app.none', null],
      ['app.text', '5'],
      ['app.theme', theme],
    ])
  })

  it('has in force what is stored when many change one setting at once', async () => {
    const settings = createSettings({ db: database().db })
    const sizes = Array.from({ length: 20 }, (_, i) => i + 1)
    await Promise.all(sizes.map((size) => settings.set('max_connections', size, { actor })))
    expect(settings.values.max_connections).toBe(20)
    const { rows } = await database().pool.query('select value from server_settings')
    expect(rows).toEqual([{ value: 20 }])
  })
})
