import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '../../shared/api.ts'
import { defaultSettings } from '../../shared/settings.ts'
import { apiKeyRow, createMemoryStores, userRow, type MemoryStores } from '../../tests/support/auth-stores.ts'
import { createMemoryRooms } from '../../tests/support/room-gate.ts'
import { createAuthenticator } from '../auth/authenticate.ts'
import { hashToken } from '../auth/hash.ts'
import { createKeys } from '../auth/keys.ts'
import { hashPassword } from '../auth/passwords.ts'
import { createRoomTokens } from '../auth/room-tokens.ts'
import { createSessions } from '../auth/sessions.ts'
import { createSignInLinks, type SignInLinks } from '../auth/sign-in-links.ts'
import { createTokenMaker } from '../auth/token-maker.ts'
import { createTokenVerifier } from '../auth/token-verifier.ts'
import type { LogEvent } from '../store/event-log.ts'
import { authRoutes } from './auth.ts'
import { createProblemSender, problemHandler } from './problem.ts'
import { createSignInLimits } from './sign-in-limits.ts'

const SECRET = 'a secret of this test, long enough'
const EMAIL = 'ada@example.org'
const jwt = { jwksUrl: null, issuer: 'yayin', audience: null }
const log = pino({ level: 'silent' })

let passwordHash: string
let server: Server
let url: string
let stores: MemoryStores
let links: SignInLinks
let events: LogEvent[]

beforeAll(async () => {
  passwordHash = await hashPassword('right')
})
beforeEach(async () => {
  stores = createMemoryStores()
  stores.rows.users.push(userRow({ id: 'u1', email: EMAIL, passwordHash }))
  stores.rows.users.push(userRow({ id: 'u2', email: 'viewer@example.org', role: 'viewer' }))
  links = createSignInLinks()
  events = []
  server = createApp().listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function createApp() {
  const sessions = createSessions({ store: stores.sessions })
  const keys = createKeys({ apiKey: 'yk_boot', store: stores.apiKeys, log, now: Date.now })
  const rooms = createMemoryRooms()
  const roomTokens = createRoomTokens({ secret: SECRET })
  const tokens = createTokenVerifier({ jwt, secret: SECRET, roomTokens, rooms, now: Date.now })
  const eventLog = { record: (event: LogEvent) => void events.push(event) }
  const app = express()
  authRoutes(app, {
    authenticator: createAuthenticator({ keys, sessions, tokens, rooms }),
    settings: { values: defaultSettings(), onChange: () => () => {} },
    publicUrl: null,
    users: stores.users,
    sessions,
    redeemCode: async (code) => links.redeem(code),
    makeToken: createTokenMaker({ jwt, secret: SECRET }),
    eventLog,
    signInLimits: createSignInLimits(),
    recheck: () => {},
  })
  app.use(problemHandler(createProblemSender({ log, eventLog, noteRefusal: () => undefined })))
  return app
}

interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init = { method, headers: { 'content-type': 'application/json', ...headers } }
  const response = await fetch(
    `${url}/api/auth/${path}`,
    body === undefined ? init : { ...init, body: JSON.stringify(body) },
  )
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}
const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` })
const signIn = (password = 'right', email = EMAIL) => call('POST', 'login', { email, password })

function addKey(scopes: Scope[], channels: string[] | null = null): Record<string, string> {
  stores.rows.apiKeys.push(apiKeyRow({ keyHash: hashToken('yk_1'), scopes, channels }))
  return bearer('yk_1')
}

describe('signing in', () => {
  it('answers the user, a token and the cookie when the password is right', async () => {
    const { status, headers, body } = await signIn()
    expect(status).toBe(200)
    expect(body).toEqual({
      user: { id: 'u1', email: EMAIL, name: null, role: 'admin' },
      token: expect.stringMatching(/^ys_/),
      expiresAt: expect.any(String),
    })
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^yayin_session=ys_[\w-]+; Path=\/; Max-Age=604(800|799); HttpOnly; SameSite=Lax$/),
    ])
    expect(events).toMatchObject([{ type: 'sign_in', actor: 'admin:u1', data: { ip: '127.0.0.1' } }])
  })

  it('finds the account when its address is written otherwise', async () => {
    expect((await signIn('right', ' ADA@example.org')).status).toBe(200)
  })

  it('is refused in the same words when the password is wrong, unset or the account unknown', async () => {
    const answers = [
      await signIn('wrong'),
      await signIn('right', 'viewer@example.org'),
      await signIn('right', 'no@one'),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } })
    expect(answers[0]?.headers.getSetCookie()).toEqual([])
    expect(events).toMatchObject([
      { type: 'sign_in_failed', data: { ip: '127.0.0.1', userId: 'u1' } },
      { type: 'sign_in_failed', data: { ip: '127.0.0.1', userId: 'u2' } },
      { type: 'sign_in_failed', data: { ip: '127.0.0.1', by: 'password' } },
    ])
    expect(JSON.stringify(events)).not.toContain('wrong"')
  })

  it('works by the code of a link once', async () => {
    const code = links.issue('u1')
    expect((await call('POST', 'login', { code })).body).toMatchObject({ user: { id: 'u1' } })
    expect((await call('POST', 'login', { code })).body).toMatchObject({ code: 'invalid_credentials' })
  })

  it('is refused with the time to wait when it failed ten times, even if the password is right', async () => {
    await Promise.all(Array.from({ length: 10 }, () => call('POST', 'login', { code: 'guess' })))
    const { status, headers, body } = await signIn()
    expect([status, body['code']]).toEqual([429, 'rate_limited'])
    expect(headers.get('retry-after')).toBe('1')
    expect(headers.get('ratelimit-policy')).toBe('"sign-in";q=10;w=3600')
    expect(headers.get('ratelimit')).toBe('"sign-in";r=0;t=1')
  })

  it.each([
    {},
    { email: EMAIL },
    { email: EMAIL, password: '' },
    { code: 7 },
    { email: EMAIL, password: 'x', role: 'admin' },
  ])('is invalid when the body is %j', async (body) => {
    expect((await call('POST', 'login', body)).status).toBe(400)
  })

  it('is possible when an old cookie is bad', async () => {
    const headers = { cookie: 'yayin_session=ys_old' }
    expect((await call('POST', 'login', { email: EMAIL, password: 'right' }, headers)).status).toBe(200)
  })
})

describe('signing out', () => {
  it('ends the session at once and clears the cookie when it comes from the site itself', async () => {
    const cookie = `yayin_session=${String((await signIn()).body['token'])}`
    const { status, headers } = await call('POST', 'logout', undefined, { cookie, origin: url })
    expect(status).toBe(204)
    expect(headers.getSetCookie()[0]).toMatch(/^yayin_session=; .*Max-Age=0/)
    expect((await call('GET', 'me', undefined, { cookie })).status).toBe(401)
    expect(stores.rows.sessions).toEqual([])
  })

  it('is refused when another site sends it by cookie', async () => {
    const cookie = `yayin_session=${String((await signIn()).body['token'])}`
    const { body } = await call('POST', 'logout', undefined, { cookie, origin: 'https://evil.example' })
    expect(body['code']).toBe('cross_origin')
    expect(stores.rows.sessions).toHaveLength(1)
  })

  it('does nothing when nobody is signed in', async () => {
    expect((await call('POST', 'logout')).status).toBe(204)
  })
})

describe('asking who one is', () => {
  it('tells a dashboard user, a key and a user apart', async () => {
    const { token } = (await signIn()).body
    expect((await call('GET', 'me', undefined, bearer(token))).body).toMatchObject({
      kind: 'admin',
      user: { email: EMAIL },
    })
    const key = addKey(['publish'])
    expect((await call('GET', 'me', undefined, key)).body).toEqual({
      kind: 'key',
      key: { id: 'k1', name: 'shop', scopes: ['publish'] },
      expiresAt: null,
    })
    const made = await call('POST', 'tokens', { sub: 'eve', name: 'Eve', subscribe: ['a/*'] }, bearer('yk_boot'))
    expect((await call('GET', 'me', undefined, bearer(made.body['token']))).body).toEqual({
      kind: 'user',
      sub: 'eve',
      name: 'Eve',
      subscribe: ['a/*'],
      publish: [],
      expiresAt: made.body['expiresAt'],
    })
  })

  it('is refused when one is nobody', async () => {
    expect(await call('GET', 'me')).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  })
})

describe('making a token', () => {
  it('lasts an hour when nothing else is said', async () => {
    const { body } = await call('POST', 'tokens', { sub: 'eve' }, bearer('yk_boot'))
    const seconds = (Date.parse(String(body['expiresAt'])) - Date.now()) / 1000
    expect(seconds).toBeGreaterThan(3590)
    expect(seconds).toBeLessThanOrEqual(3600)
  })

  it('is for admins and keys with the scope alone', async () => {
    expect((await call('POST', 'tokens', { sub: 'eve' })).status).toBe(401)
    expect((await call('POST', 'tokens', { sub: 'eve' }, addKey(['publish', 'admin']))).status).toBe(403)
    const { token } = (await signIn()).body
    expect((await call('POST', 'tokens', { sub: 'eve' }, bearer(token))).status).toBe(200)
    const viewer = (await call('POST', 'login', { code: links.issue('u2') })).body
    expect((await call('POST', 'tokens', { sub: 'eve' }, bearer(viewer['token']))).status).toBe(403)
  })

  it('gives no rights beyond those that the key is limited to', async () => {
    const key = addKey(['tokens'], ['orders/**', 'user/team/*'])
    const make = async (claims: object) => (await call('POST', 'tokens', { sub: 'eve', ...claims }, key)).body['code']
    expect(await make({ subscribe: ['orders/*'], publish: ['orders/7', 'user/team/*'] })).toBeUndefined()
    expect(await make({ subscribe: ['**'] })).toBe('forbidden_channel')
    expect(await make({ publish: ['invoices'] })).toBe('forbidden_channel')
    expect(await make({ publish: ['user/bob'] })).toBe('forbidden_channel')
  })

  it('gives rights to channels whose whole name is a word of the server', async () => {
    const words = ['admin', 'room', 'participant', 'connection', 'user']
    const { status } = await call('POST', 'tokens', { sub: 'eve', subscribe: words, publish: words }, bearer('yk_boot'))
    expect(status).toBe(200)
  })

  it.each([
    [{ sub: 'a\u0000b' }, 'sub'],
    [{ sub: '' }, 'sub'],
    [{ sub: 'a', name: 'a\nb' }, 'name'],
    [{ sub: 'a', subscribe: ['admin/**'] }, 'subscribe.0'],
    [{ sub: 'a', subscribe: ['x', 'room/r1'] }, 'subscribe.1'],
    [{ sub: 'a', publish: ['participant/p'] }, 'publish.0'],
    [{ sub: 'a', publish: ['connection/*'] }, 'publish.0'],
    [{ sub: 'a', publish: ['a//b'] }, 'publish.0'],
    [{ sub: 'a', expiresIn: 0 }, 'expiresIn'],
    [{ sub: 'a', room: {} }, ''],
  ])('is invalid when it would say %j', async (claims, path) => {
    const { status, body } = await call('POST', 'tokens', claims, bearer('yk_boot'))
    expect([status, body['code']]).toEqual([400, 'invalid'])
    expect(body['errors']).toMatchObject([{ path }])
  })
})
