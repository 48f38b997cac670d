import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { YayinError } from '../../shared/errors.ts'
import { apiKeyRow, createMemoryStores, userRow, type MemoryStores } from '../../tests/support/auth-stores.ts'
import { createMemoryRooms, type MemoryRooms } from '../../tests/support/room-gate.ts'
import { createAuthenticator, type Authenticator, type Credentials } from './authenticate.ts'
import type { Caller } from './caller.ts'
import { hashToken } from './hash.ts'
import { createKeys, type Keys } from './keys.ts'
import { createRoomTokens } from './room-tokens.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createTokenMaker } from './token-maker.ts'
import { createTokenVerifier, type JwtSettings } from './token-verifier.ts'

const SECRET = 'a secret of this test, long enough'
const API_KEY = 'configured-key'
const PLAIN: JwtSettings = { jwksUrl: null, issuer: null, audience: null }
const DAY_MS = 86_400_000

let nowMs: number
let stores: MemoryStores
let keys: Keys
let sessions: Sessions
let rooms: MemoryRooms
let auth: Authenticator
const now = () => nowMs
const roomTokens = createRoomTokens({ secret: SECRET, now })
const seconds = () => Math.floor(nowMs / 1000)

function setUp(jwt: JwtSettings = PLAIN): void {
  stores = createMemoryStores(now)
  keys = createKeys({ apiKey: API_KEY, store: stores.apiKeys, log: pino({ level: 'silent' }), now })
  sessions = createSessions({ store: stores.sessions, now })
  rooms = createMemoryRooms()
  const tokens = createTokenVerifier({ jwt, secret: SECRET, roomTokens, rooms, now })
  auth = createAuthenticator({ keys, sessions, tokens, rooms, now })
}

beforeEach(() => {
  nowMs = Date.parse('2026-01-01T00:00:00Z')
  setUp()
})

const sign = (claims: JWTPayload, secret = SECRET, alg = 'HS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret))
const claims = (more: JWTPayload = {}): JWTPayload => ({ sub: 'ada', exp: seconds() + 60, ...more })

const bearer = (token: string): Credentials => ({ authorization: `Bearer ${token}` })
const callerOf = async (credentials: Credentials): Promise<Caller> => (await auth.authenticate(credentials)).caller

/** What is wrong with the credentials, as `code: detail`; `ok` when nothing is. */
async function fault(credentials: Credentials): Promise<string> {
  try {
    await auth.authenticate(credentials)
    return 'ok'
  } catch (error) {
    return error instanceof YayinError ? `${error.code}: ${error.message}` : String(error)
  }
}

describe('a user’s token', () => {
  it('is the user that its claims name when it is valid', async () => {
    const token = await sign(claims({ name: 'Ada', subscribe: ['orders/*'], publish: ['chat'] }))
    expect(await auth.authenticate(bearer(token))).toEqual({
      via: 'bearer',
      caller: {
        kind: 'user',
        sub: 'ada',
        name: 'Ada',
        subscribe: ['orders/*'],
        publish: ['chat'],
        expiresAt: (seconds() + 60) * 1000,
        tokenHash: hashToken(token),
        room: null,
        isNamedHostOf: expect.any(Function),
      },
    })
  })

  it('counts in the query when the address allows it, but the header wins', async () => {
    expect((await auth.authenticate({ queryToken: await sign(claims()) })).via).toBe('query')
    const both = { ...bearer(await sign(claims({ sub: 'eve' }))), queryToken: 'bad' }
    expect(await callerOf(both)).toMatchObject({ sub: 'eve' })
  })

  it('is known at once when it was verified before, and no longer when it has expired', async () => {
    const token = await sign(claims())
    await auth.authenticate(bearer(token))
    expect(auth.authenticate(bearer(token))).not.toBeInstanceOf(Promise)
    nowMs += 60_000
    expect(await fault(bearer(token))).toBe('invalid_token: The token has expired.')
  })

  it.each([
    ['sub is missing', { sub: undefined }, 'sub'],
    ['sub is empty', { sub: '' }, 'sub'],
    ['sub is too long', { sub: 'x'.repeat(256) }, 'sub'],
    ['sub holds a control character', { sub: 'a\u0000b' }, 'sub'],
    ['exp is missing', { exp: undefined }, 'exp'],
    ['name is a number', { name: 7 }, 'name'],
    ['subscribe is a string', { subscribe: 'orders' }, 'subscribe'],
    ['subscribe holds no pattern', { subscribe: ['a//b'] }, 'subscribe'],
    ['publish is null', { publish: null }, 'publish'],
    ['publish holds a number', { publish: [1] }, 'publish'],
    ['nbf lies ahead', { nbf: 9e9 }, 'nbf'],
  ])('is refused by the name of the claim when %s', async (_name, more, claim) => {
    expect(await fault(bearer(await sign(claims(more as JWTPayload))))).toMatch(
      new RegExp(`^invalid_token: The token's claim ${claim} `),
    )
  })

  it.each([
    ['the secret is another', () => sign(claims(), 'another secret')],
    ['the algorithm is another', () => sign(claims(), SECRET, 'HS512')],
    ['it is not signed', async () => new UnsecuredJWT(claims()).encode()],
    ['it is cut', async () => (await sign(claims())).slice(0, -5)],
    ['it is no token', async () => 'nonsense'],
    ['it has expired', () => sign(claims({ exp: seconds() - 1 }))],
    ['it expires this second', () => sign(claims({ exp: seconds() }))],
  ])('is refused when %s', async (_name, make) => {
    expect(await fault(bearer(await make()))).toMatch(/^invalid_token: The token /)
  })

  it('must name issuer and audience when they are configured', async () => {
    setUp({ jwksUrl: null, issuer: 'shop', audience: 'yayin' })
    expect(await fault(bearer(await sign(claims({ iss: 'shop', aud: 'yayin' }))))).toBe('ok')
    expect(await fault(bearer(await sign(claims({ iss: 'shop' }))))).toContain('claim aud is missing')
    expect(await fault(bearer(await sign(claims({ iss: 'evil', aud: 'yayin' }))))).toContain('claim iss is not')
  })

  it('has no say about rooms, even when it is signed with the server’s secret', async () => {
    const token = await sign(claims({ yayin_room: { id: 'r1', participantId: 'p1' } }))
    expect(await callerOf(bearer(token))).toMatchObject({ kind: 'user', sub: 'ada', room: null })
    const posing = new SignJWT(claims({ yayin_room: { id: 'r1', participantId: 'p1' } }))
    posing.setProtectedHeader({ alg: 'HS256', typ: 'yayin-room+jwt' })
    expect(await fault(bearer(await posing.sign(new TextEncoder().encode(SECRET))))).toMatch(/^invalid_token/)
  })

  it('tells of which room the user is host by name, as it stands when asked', async () => {
    const caller = await callerOf(bearer(await sign(claims())))
    const isHost = () => caller.kind === 'user' && caller.isNamedHostOf?.('r1')
    expect(isHost()).toBe(false)
    rooms.named.add('ada r1')
    expect(isHost()).toBe(true)
  })
})

describe.each([
  ['with the server’s own secret', PLAIN],
  [
    'with keys at an address',
    { jwksUrl: 'http://127.0.0.1:1/keys', issuer: 'https://id.example.org', audience: 'app' },
  ],
])('a room’s token, where users’ tokens are verified %s', (_name, jwt) => {
  const seat = { roomId: 'r1', participantId: 'p1', displayName: 'Ada' }
  const room = { id: 'r1', participantId: 'p1' }

  beforeEach(() => {
    setUp(jwt)
    rooms.present.add('r1 p1')
  })

  it('is its participant’s, as long as they are in the room', async () => {
    const { token } = await roomTokens.make(seat)
    expect(await callerOf(bearer(token))).toMatchObject({ kind: 'user', sub: 'p1', name: 'Ada', room })
    expect(await callerOf({ queryToken: token })).toMatchObject({ room })
    const caller = await callerOf(bearer(token))
    expect(await auth.isValid(caller)).toBe(true)
    rooms.present.clear()
    expect(await fault(bearer(token))).toMatch(/^not_in_room: /)
    expect(await auth.isValid(caller)).toBe(false)
  })

  it('is refused when it was signed with another server’s secret, and after a week', async () => {
    const { token } = await createRoomTokens({ secret: `${SECRET}!`, now }).make(seat)
    expect(await fault(bearer(token))).toMatch(/^invalid_token/)
    const own = await roomTokens.make(seat)
    nowMs += 7 * DAY_MS
    expect(await fault(bearer(own.token))).toMatch(/^invalid_token/)
  })
})

describe('a host token', () => {
  it('is its room’s host, as long as the room is open', async () => {
    const host = { kind: 'host', roomId: 'r1', tokenHash: hashToken('yh_secret') } as const
    rooms.hosts.set(host.tokenHash, host)
    const caller = await callerOf(bearer('yh_secret'))
    expect(caller).toEqual(host)
    expect(await fault(bearer('yh_other'))).toMatch(/^invalid_token/)
    rooms.hosts.clear()
    expect(await fault(bearer('yh_secret'))).toMatch(/^invalid_token/)
    expect(await auth.isValid(caller)).toBe(false)
  })
})

describe('a token signed with a published key', () => {
  let server: Server
  let answer: { status: number; body: string }
  afterEach(() => void server.close())

  async function publish(alg: string) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    answer = { status: 200, body: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg }] }) }
    server = createServer((_req, res) => void res.writeHead(answer.status).end(answer.body)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
    setUp({ ...PLAIN, jwksUrl })
    const signed = (more: JWTPayload = {}) =>
      new SignJWT(claims(more)).setProtectedHeader({ alg, kid: 'k' }).sign(privateKey)
    return { signed, publicKey }
  }

  it.each(['RS256', 'ES256', 'EdDSA'])('is accepted when its algorithm is %s', async (alg) => {
    const { signed } = await publish(alg)
    expect(await callerOf(bearer(await signed()))).toMatchObject({ kind: 'user', sub: 'ada' })
  })

  it('is refused when it is HS256, be it with the server’s secret or the public key', async () => {
    const { publicKey } = await publish('RS256')
    const publicText = JSON.stringify(await exportJWK(publicKey))
    expect(await fault(bearer(await sign(claims())))).toMatch(/^invalid_token/)
    expect(await fault(bearer(await sign(claims(), publicText)))).toMatch(/^invalid_token/)
  })

  it('has no say about rooms when another made it', async () => {
    const { signed } = await publish('ES256')
    const token = await signed({ yayin_room: { id: 'r1', participantId: 'p1' } })
    expect(await callerOf(bearer(token))).toMatchObject({ room: null })
  })

  it('can be tried again when the keys can’t be fetched', async () => {
    const { signed } = await publish('ES256')
    answer.status = 500
    expect(await fault(bearer(await signed()))).toMatch(/^unavailable/)
    answer.status = 200
    expect(await fault(bearer(await signed()))).toBe('ok')
  })

  it('is not made here', async () => {
    await publish('ES256')
    const make = createTokenMaker({ jwt: { ...PLAIN, jwksUrl: 'https://id.example/jwks' }, secret: SECRET })
    await expect(make({ sub: 'ada', expiresInSeconds: 60 })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('an API key', () => {
  const add = (row: Parameters<typeof apiKeyRow>[0]) =>
    stores.rows.apiKeys.push(apiKeyRow({ keyHash: hashToken('yk_shop'), ...row }))

  it('has every scope when it is the one the server was started with, and is known at once', () => {
    const found = auth.authenticate(bearer(API_KEY))
    expect(found).toMatchObject({
      caller: { kind: 'key', scopes: ['publish', 'subscribe', 'rooms', 'tokens', 'admin'] },
    })
  })

  it('has its scopes and channels when it is in the database', async () => {
    add({ scopes: ['publish', 'unheard_of'], channels: ['orders/**'] })
    expect(await callerOf(bearer('yk_shop'))).toMatchObject({ id: 'k1', scopes: ['publish'], channels: ['orders/**'] })
    expect(stores.rows.apiKeys[0]?.lastUsedAt).toEqual(new Date(nowMs))
  })

  it.each([
    ['unknown', { keyHash: 'other' }],
    ['revoked', { revokedAt: new Date(0) }],
    ['expired', { expiresAt: new Date('2026-01-01T00:00:00Z') }],
  ])('is refused when it is %s', async (_name, row) => {
    add(row)
    expect(await fault(bearer('yk_shop'))).toBe('invalid_token: The token is unknown, expired or revoked.')
  })

  it('is looked up once when many requests come with it', async () => {
    add({})
    await Promise.all([1, 2, 3].map(async () => await auth.authenticate(bearer('yk_shop'))))
    expect(auth.authenticate(bearer('yk_shop'))).not.toBeInstanceOf(Promise)
    expect(stores.reads).toBe(1)
  })

  it('loses its connections within seconds when it is revoked', async () => {
    add({})
    const caller = await callerOf(bearer('yk_shop'))
    stores.rows.apiKeys[0]!.revokedAt = new Date(nowMs)
    nowMs += 5000
    expect(await auth.isValid(caller)).toBe(false)
    expect(await fault(bearer('yk_shop'))).toMatch(/^invalid_token/)
  })

  it('is refused at once when it was revoked here', async () => {
    add({})
    await auth.authenticate(bearer('yk_shop'))
    stores.rows.apiKeys = []
    keys.forget(hashToken('yk_shop'))
    expect(await fault(bearer('yk_shop'))).toMatch(/^invalid_token/)
  })

  it('keeps its connections when the database is away', async () => {
    add({})
    const caller = await callerOf(bearer('yk_shop'))
    nowMs += 5000
    stores.apiKeys.findByHash = () => Promise.reject(new Error('away'))
    expect(await auth.isValid(caller)).toBe(true)
  })
})

describe('a dashboard session', () => {
  async function signIn(): Promise<string> {
    stores.rows.users.push(userRow({ id: 'u1', role: 'viewer' }))
    return (await sessions.start({ id: 'u1' }, { ip: null, userAgent: null })).token
  }
  const cookie = (token: string): Credentials => ({ cookie: `theme=dark; yayin_session=${token}` })

  it('is its user when it comes as cookie or bearer', async () => {
    const token = await signIn()
    expect(await auth.authenticate(cookie(token))).toMatchObject({
      via: 'cookie',
      caller: { user: { role: 'viewer' } },
    })
    expect(await auth.authenticate(bearer(token))).toMatchObject({ via: 'bearer', caller: { kind: 'admin' } })
  })

  it('counts as nobody when its cookie is bad, but is refused when it is a header', async () => {
    expect(await auth.authenticate(cookie('ys_gone'))).toEqual({ via: 'none', caller: { kind: 'anonymous' } })
    expect(await fault(bearer('ys_gone'))).toMatch(/^invalid_token/)
  })

  it('does not live on a user’s token in the cookie', async () => {
    expect(await callerOf(cookie(await sign(claims())))).toEqual({ kind: 'anonymous' })
    expect(await callerOf(cookie(API_KEY))).toEqual({ kind: 'anonymous' })
  })

  it('ends after seven days without use', async () => {
    const token = await signIn()
    nowMs += 7 * DAY_MS
    expect(await callerOf(cookie(token))).toEqual({ kind: 'anonymous' })
  })

  it('lasts when it is used, and its cookie is renewed', async () => {
    const token = await signIn()
    nowMs += 6 * DAY_MS
    expect(await auth.authenticate(cookie(token))).toMatchObject({
      renewed: { token, expiresAt: nowMs + 7 * DAY_MS },
    })
    nowMs += 6 * DAY_MS
    expect((await auth.authenticate(cookie(token))).via).toBe('cookie')
  })

  it('is prolonged once an hour at most', async () => {
    const token = await signIn()
    const until = stores.rows.sessions[0]!.expiresAt
    nowMs += 3_599_000
    expect(await auth.authenticate(cookie(token))).toMatchObject({ renewed: null })
    expect(stores.rows.sessions[0]!.expiresAt).toEqual(until)
  })

  it('is over at once when it is ended', async () => {
    const token = await signIn()
    const caller = await callerOf(cookie(token))
    await sessions.end(hashToken(token))
    expect(await callerOf(cookie(token))).toEqual({ kind: 'anonymous' })
    expect(await auth.isValid(caller)).toBe(false)
  })

  it('is stored as a hash alone', async () => {
    const token = await signIn()
    expect(token).toMatch(/^ys_[\w-]{43}$/)
    expect(JSON.stringify(stores.rows)).not.toContain(token)
  })
})

describe('an Authorization header', () => {
  it.each(['Bearer', 'Bearer ', 'Bearer a b', 'yk_shop', 'Token x', ''])('is refused when it is %j', async (header) => {
    expect(await fault({ authorization: header })).toMatch(/^invalid_token: The token is malformed/)
  })

  it('is not ours to judge when it is a proxy’s Basic one', async () => {
    expect(await callerOf({ authorization: 'Basic YTpi' })).toEqual({ kind: 'anonymous' })
  })

  it('is refused in the query when that is empty', async () => {
    expect(await fault({ queryToken: '' })).toBe('invalid_token: The token is empty.')
  })

  it('may be absent', async () => {
    expect(await auth.authenticate({})).toEqual({ via: 'none', caller: { kind: 'anonymous' } })
  })
})
