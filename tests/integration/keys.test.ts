import { describe, expect, it } from 'vitest'
import type { ApiKeyInfo } from '../../shared/api.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()

interface Made {
  key: ApiKeyInfo
  secret: string
}

async function make(body: object): Promise<Made> {
  const { status, body: made } = await use.as().post<Made>('/api/keys', { name: 'shop', ...body })
  expect(status, JSON.stringify(made)).toBe(201)
  return made
}

async function listed(id: string): Promise<ApiKeyInfo | undefined> {
  const { body } = await use.as().get<{ keys: ApiKeyInfo[] }>('/api/keys?limit=500')
  return body.keys.find((key) => key.id === id)
}

describe('an API key', () => {
  it('is shown once, and afterwards by its first characters', async () => {
    const { key, secret } = await make({ scopes: ['publish', 'publish'], channels: ['orders/*', 'orders/*'] })
    expect(secret).toMatch(/^yk_[\w-]{32}$/)
    expect(key).toMatchObject({ name: 'shop', scopes: ['publish'], channels: ['orders/*'], createdBy: 'key:bootstrap' })
    expect(secret.startsWith(key.prefix)).toBe(true)
    const { body } = await use.as().get('/api/keys')
    expect(JSON.stringify(body)).not.toContain(secret)
    expect(use.server.logs()).not.toContain(secret)
  })

  it('does what its scopes and channels say, and notes that it was used', async () => {
    const { key, secret } = await make({ scopes: ['publish'], channels: ['orders/*'] })
    const client = use.as(secret)
    expect((await client.post('/api/broadcast', { channel: 'orders/7' })).status).toBe(200)
    expect((await client.post('/api/broadcast', { channel: 'invoices/7' })).body).toMatchObject({
      code: 'forbidden_channel',
    })
    expect((await client.get('/api/keys')).status).toBe(403)
    expect((await client.post('/api/auth/tokens', { sub: 'x' })).status).toBe(403)
    await until(async () => (await listed(key.id))?.lastUsedAt, { what: 'the use is noted' })
  })

  it('is good for nothing from the moment it is revoked, and its streams are closed', async () => {
    const { key, secret } = await make({ scopes: ['publish', 'subscribe'] })
    const stream = await use.follow(['orders/7'], { token: secret })
    expect((await use.as(secret).post('/api/broadcast', { channel: 'a' })).status).toBe(200)
    expect((await use.as().delete(`/api/keys/${key.id}`)).status).toBe(204)
    expect((await use.as(secret).post('/api/broadcast', { channel: 'a' })).body).toMatchObject({
      code: 'invalid_token',
    })
    await stream.waitFor((frame) => frame.body.type === 'disconnect' && frame.body.reason === 'expired', 2000)
    expect((await listed(key.id))?.revokedAt).not.toBeNull()
    expect((await use.as().delete(`/api/keys/${key.id}`)).status).toBe(204)
    expect((await use.as().delete('/api/keys/x')).status).toBe(404)
  })

  it('ends by itself when its time is over', async () => {
    const { secret } = await make({ scopes: ['subscribe'], expiresAt: new Date(Date.now() + 2000).toISOString() })
    const stream = await use.follow(['orders/7'], { token: secret })
    await stream.waitFor((frame) => frame.body.type === 'disconnect' && frame.body.reason === 'expired', 10_000)
    expect((await use.as(secret).get('/api/auth/me')).status).toBe(401)
  })

  it('makes no key that reaches further than itself', async () => {
    const { secret } = await make({ scopes: ['admin'], channels: ['orders/**'] })
    const makeBy = async (body: object) =>
      (await use.as(secret).post('/api/keys', { name: 'x', scopes: ['publish'], ...body })).status
    expect(await makeBy({ channels: ['orders/7'] })).toBe(201)
    expect(await makeBy({ channels: ['**'] })).toBe(403)
    expect(await makeBy({})).toBe(403)
  })

  it.each([
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes.0'],
    [{ scopes: ['publish'], channels: ['a//b'] }, 'channels.0'],
    [{ scopes: ['publish'], channels: [] }, 'channels'],
    [{ scopes: ['publish'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ scopes: ['publish'], name: ' ' }, 'name'],
  ])('is invalid when it is to be %j', async (body, path) => {
    const { status, body: problem } = await use.as().post('/api/keys', { name: 'x', ...body })
    expect([status, problem.errors]).toMatchObject([400, [{ path }]])
  })
})

describe('explaining', () => {
  const explain = async (query: Record<string, string>) => {
    const { status, body } = await use.as().get(`/api/auth/explain?${new URLSearchParams(query).toString()}`)
    return { status, ...body }
  }

  it('names the rule that lets a user in, and what keeps one out', async () => {
    const claims = JSON.stringify({ subscribe: ['team/*'], publish: ['orders/7'] })
    expect(await explain({ claims, channel: 'team/a', action: 'subscribe' })).toMatchObject({
      allowed: true,
      rule: 'claim',
      detail: expect.stringContaining('team/*'),
    })
    expect(await explain({ claims, channel: 'team/**', action: 'subscribe' })).toMatchObject({
      allowed: false,
      rule: null,
      detail: expect.stringContaining('team/**'),
    })
    expect(await explain({ claims, channel: 'orders/7', action: 'publish' })).toMatchObject({
      allowed: true,
      rule: 'claim',
    })
    expect(await explain({ claims: '{"sub":"ada"}', channel: 'user/ada', action: 'subscribe' })).toMatchObject({
      rule: 'own_channel',
    })
  })

  it('knows what is public, and what a key may', async () => {
    const { key } = await make({ scopes: ['publish'], channels: ['orders/**'] })
    expect(await explain({ anonymous: '1', channel: 'public/x', action: 'subscribe' })).toMatchObject({
      rule: 'public',
      detail: expect.stringContaining('public/**'),
    })
    expect(await explain({ anonymous: '1', channel: 'public/x', action: 'publish' })).toMatchObject({ allowed: false })
    expect(await explain({ key: key.id, channel: 'orders/7/a', action: 'publish' })).toMatchObject({ rule: 'key' })
    expect(await explain({ key: key.id, channel: 'orders/7', action: 'subscribe' })).toMatchObject({
      allowed: false,
      detail: expect.stringContaining('scope subscribe'),
    })
    await use.as().delete(`/api/keys/${key.id}`)
    expect(await explain({ key: key.id, channel: 'orders/7', action: 'publish' })).toMatchObject({
      allowed: false,
      detail: 'This API key was revoked.',
    })
  })

  it.each([
    [{ channel: 'a', action: 'publish' }, 400],
    [{ channel: 'a', action: 'publish', anonymous: '1', claims: '{}' }, 400],
    [{ channel: 'a', action: 'publish', claims: '{' }, 400],
    [{ channel: 'a', action: 'publish', claims: '[]' }, 400],
    [{ channel: 'a', action: 'publish', claims: '{"subscribe":"a"}' }, 400],
    [{ channel: 'a/*', action: 'publish', anonymous: '1' }, 400],
    [{ channel: 'a', action: 'publish', key: 'unknown' }, 404],
  ])('is refused when it is asked %j', async (query, status) => {
    expect(await explain(query)).toMatchObject({ status })
  })
})
