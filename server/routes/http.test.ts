import { once } from 'node:events'
import { request as httpRequest, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import express, { type Express } from 'express'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Operation } from '../../shared/api.ts'
import type { Problem } from '../../shared/errors.ts'
import { YayinError } from '../../shared/errors.ts'
import { defaultSettings } from '../../shared/settings.ts'
import type { Authenticated } from '../auth/authenticate.ts'
import type { LogEvent } from '../store/event-log.ts'
import { defineRoute, JsonText, type RouteDeps } from './http.ts'
import { createProblemSender, methodNotAllowed, notFound, problemHandler } from './problem.ts'

const any = z.object({})
const base = { path: '/api/things', summary: '', access: 'open', status: 200, params: any, query: any } as const
const things = {
  ...base,
  method: 'post',
  body: z.strictObject({ name: z.string(), n: z.number().optional() }),
  response: z.any(),
} as const
const listed = {
  ...base,
  method: 'get',
  path: '/api/things/:id',
  params: z.object({ id: z.string().max(5) }),
  query: z.object({ tag: z.array(z.string()).optional(), limit: z.coerce.number().int().max(10).default(3) }),
  body: z.strictObject({}),
  response: z.any(),
} as const
const ended = {
  ...base,
  method: 'delete',
  path: '/api/things',
  access: 'admin',
  status: 204,
  body: z.strictObject({}),
  response: z.void(),
} as const
const thrown = { ...base, method: 'post', path: '/api/thrown', body: z.strictObject({}), response: z.any() } as const
const viewed = {
  ...base,
  method: 'get',
  path: '/api/viewed',
  access: 'view',
  body: z.strictObject({}),
  response: z.any(),
} as const

let server: Server
let url: string
let events: LogEvent[]
let logged: string[]
let failure: unknown
let identity: Authenticated

const nobody: Authenticated = { via: 'none', caller: { kind: 'anonymous' } }
const dashboard = (role: 'admin' | 'viewer', via: 'cookie' | 'bearer' = 'bearer'): Authenticated => ({
  via: via as 'cookie',
  caller: { kind: 'admin', user: { id: 'u1', email: 'a@b', name: null, role }, sessionHash: '', expiresAt: 1 },
  renewed: null,
})

function createApp(): Express {
  const app = express()
  const values = defaultSettings()
  const deps: RouteDeps = {
    authenticator: { authenticate: () => identity },
    settings: { values, onChange: () => () => {} },
    publicUrl: 'https://yayin.example',
  }
  defineRoute(app, things, ({ body, ip, caller }) => ({ body, ip, kind: caller.kind }), deps, {
    maxBodyBytes: () => 2000,
  })
  defineRoute(app, listed, ({ params, query }) => ({ params, query }), deps)
  defineRoute(app, ended, () => {}, deps)
  defineRoute(app, viewed, () => new JsonText('{"raw":1}'), deps)
  defineRoute(
    app,
    thrown,
    (_request, response) => {
      if (failure === 'midway') response.write('half')
      throw failure
    },
    deps,
  )
  const operations: Pick<Operation, 'method' | 'path'>[] = [things, listed, ended, thrown, viewed]
  app.use(methodNotAllowed(operations), notFound())
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
  const eventLog = { record: (event: LogEvent) => void events.push(event) }
  app.use(problemHandler(createProblemSender({ log, eventLog, noteRefusal: () => undefined })))
  return app
}

beforeEach(async () => {
  ;[events, logged, failure, identity] = [[], [], new Error('secret detail'), nobody]
  server = createApp().listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

interface Answer {
  status: number
  headers: Headers
  body: Problem & Record<string, unknown>
}

async function call(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url + path, { method, ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const post = (body: RequestInit['body'], headers: Record<string, string> = JSON_TYPE) =>
  call('POST', '/api/things', { body: body ?? null, headers })

describe('a request that is well', () => {
  it('gets the handler’s answer as JSON when everything is valid', async () => {
    const { status, headers, body } = await post('{"name":"x"}')
    expect([status, body]).toEqual([200, { body: { name: 'x' }, ip: '127.0.0.1', kind: 'anonymous' }])
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('gets a text of JSON as it is when the handler has one', async () => {
    identity = dashboard('viewer')
    expect((await call('GET', '/api/viewed')).body).toEqual({ raw: 1 })
  })

  it('gets 204 without a body when the operation says so', async () => {
    identity = dashboard('admin')
    const { status, body } = await call('DELETE', '/api/things')
    expect([status, body]).toEqual([204, null])
  })

  it('is read when its type ends in +json or its body is compressed', async () => {
    expect((await post('{"name":"x"}', { 'content-type': 'application/vnd.a+json; charset=UTF-8' })).status).toBe(200)
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' }
    expect((await post(gzipSync('{"name":"x"}'), headers)).status).toBe(200)
  })

  it('has a list of one when a query value that may repeat stands there once', async () => {
    expect((await call('GET', '/api/things/7?tag=a')).body['query']).toEqual({ tag: ['a'], limit: 3 })
    expect((await call('GET', '/api/things/7?tag=a&tag=b&limit=4')).body['query']).toEqual({
      tag: ['a', 'b'],
      limit: 4,
    })
  })

  it('answers HEAD without a body when GET is there', async () => {
    const { status, body } = await call('HEAD', '/api/things/7')
    expect([status, body]).toEqual([200, null])
  })
})

describe('a request that is invalid', () => {
  const cases: [string, () => Promise<Answer>, number, string][] = [
    ['the JSON is cut', () => post('{"name":'), 400, 'malformed_json'],
    ['there is no body', () => post(null), 400, 'invalid'],
    ['the body is empty', () => post('', JSON_TYPE), 400, 'invalid'],
    ['the body is no UTF-8', () => post(Buffer.from([0x22, 0xff, 0x22])), 400, 'malformed_json'],
    ['the JSON nests without end', () => post('['.repeat(900) + ']'.repeat(900)), 400, 'malformed_json'],
    ['the body is a number', () => post('7'), 400, 'invalid'],
    ['the body is null', () => post('null'), 400, 'invalid'],
    ['the body is too large', () => post(`{"name":"${'x'.repeat(2000)}"}`), 413, 'too_large'],
    [
      'the body is too large once inflated',
      () => post(gzipSync(`{"name":"${'x'.repeat(9000)}"}`), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      413,
      'too_large',
    ],
    [
      'the gzip is none',
      () => post('{"name":"x"}', { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      400,
      'malformed_json',
    ],
    [
      'the brotli is none',
      () => post('{"name":"x"}', { ...JSON_TYPE, 'content-encoding': 'br' }),
      400,
      'malformed_json',
    ],
    [
      'the encoding is unknown',
      () => post('{}', { ...JSON_TYPE, 'content-encoding': 'lzma' }),
      415,
      'unsupported_media_type',
    ],
    [
      'the type is a form',
      () => post('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_media_type',
    ],
    ['the type is missing', () => post(Buffer.from('{}'), {}), 415, 'unsupported_media_type'],
    [
      'the charset is another',
      () => post('{}', { 'content-type': 'application/json; charset=latin1' }),
      415,
      'unsupported_media_type',
    ],
    [
      'the charset is unheard of',
      () => post('{}', { 'content-type': 'application/json; charset=utf-99' }),
      415,
      'unsupported_media_type',
    ],
    ['a field is unknown', () => post('{"name":"x","b":1}'), 400, 'invalid'],
    ['a query value is wrong', () => call('GET', '/api/things/7?limit=x'), 400, 'invalid'],
    ['a query value repeats', () => call('GET', '/api/things/7?limit=1&limit=2'), 400, 'invalid'],
    ['a path value is too long', () => call('GET', '/api/things/toolong'), 400, 'invalid'],
    ['a path value can’t be decoded', () => call('GET', '/api/things/%zz'), 400, 'invalid'],
    ['a path nobody has can’t be decoded', () => call('GET', '/api/%zz'), 400, 'invalid'],
    ['the path is unknown', () => call('GET', '/api/nothing'), 404, 'not_found'],
    ['the method is another', () => call('PUT', '/api/things'), 405, 'method_not_allowed'],
  ]
  it.each(cases)('is told so when %s', async (_name, send, status, code) => {
    const answer = await send()
    expect([answer.status, answer.body.status, answer.body.code]).toEqual([status, status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(['type', 'title', 'detail']))
    expect(logged.filter((line) => line.includes('"level":50'))).toEqual([])
  })

  it('is told every place that is wrong when several are', async () => {
    const { body } = await post('{"n":"x"}')
    expect(body.errors?.map((error) => error.path)).toEqual(['name', 'n'])
    expect(body.detail).toMatch(/^body name: /)
  })

  it('is told what is possible when the method is another', async () => {
    expect((await call('PUT', '/api/things')).headers.get('allow')).toBe('POST, DELETE')
    expect((await call('POST', '/api/things/7')).headers.get('allow')).toBe('GET, HEAD')
  })

  it('is refused before it is sent whole when its length alone is too much', async () => {
    const headers = { ...JSON_TYPE, 'content-length': 1_000_000 }
    const request = httpRequest(`${url}/api/things`, { method: 'POST', headers })
    request.on('error', () => {})
    request.flushHeaders()
    const [response] = (await once(request, 'response')) as [{ statusCode: number }]
    expect(response.statusCode).toBe(413)
    request.destroy()
  })

  it('leaves no trace in the log when the client goes away in the middle', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const arrived = once(server, 'request')
    socket.write(
      'POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"na',
    )
    const [request] = await arrived
    const closed = new Promise((resolve) => request.once('close', resolve))
    socket.destroy()
    await closed
    // One more round trip: whatever the first request set off has happened by then.
    expect((await post('{"name":"x"}')).status).toBe(200)
    expect([logged, events]).toEqual([[], []])
  })
})

describe('a caller', () => {
  it('gets 401 with a challenge when they are anonymous and more is needed', async () => {
    const { status, headers, body } = await call('GET', '/api/viewed?token=hidden')
    expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'unauthorized', 'Bearer'])
    expect(events).toMatchObject([
      { type: 'refused', actor: 'anonymous', data: { path: '/api/viewed', ip: '127.0.0.1' } },
    ])
    expect(JSON.stringify(events)).not.toContain('hidden')
  })

  it('may view but not change when they are a viewer', async () => {
    identity = dashboard('viewer')
    expect((await call('GET', '/api/viewed')).status).toBe(200)
    expect((await call('DELETE', '/api/things')).body.code).toBe('forbidden')
    expect(events).toMatchObject([{ type: 'refused', actor: 'admin:u1' }])
  })

  it.each([
    ['the Origin is missing', {}, 403],
    ['the Origin is another', { origin: 'https://evil.example' }, 403],
    ['the Origin is opaque', { origin: 'null' }, 403],
    ['the Origin is the host by another scheme', { origin: 'https://HOST' }, 403],
    ['the Origin is its own', { origin: 'http://HOST' }, 204],
    ['the Origin is the public one', { origin: 'https://yayin.example' }, 204],
  ])('gets an answer by cookie that depends on the Origin when %s', async (_name, headers, status) => {
    identity = dashboard('admin', 'cookie')
    const origin = 'origin' in headers ? { origin: headers.origin.replace('HOST', new URL(url).host) } : {}
    const answer = await call('DELETE', '/api/things', { headers: origin })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.body.code).toBe('cross_origin')
  })

  it('may read by cookie from anywhere when the method is safe', async () => {
    identity = dashboard('admin', 'cookie')
    expect((await call('GET', '/api/viewed')).status).toBe(200)
  })

  it('gets the cookie anew when the session was prolonged', async () => {
    const renewed = { token: 'ys_x', expiresAt: Date.now() + 1_000_000 }
    identity = { ...dashboard('admin', 'cookie'), renewed } as Authenticated
    expect((await call('GET', '/api/viewed')).headers.getSetCookie()[0]).toMatch(/^yayin_session=ys_x; /)
  })
})

describe('a failure', () => {
  const fail = () => call('POST', '/api/thrown')

  it('shows nothing of itself when it is unexpected, and is logged', async () => {
    const { status, body } = await fail()
    expect([status, body.code]).toEqual([500, 'internal'])
    expect(JSON.stringify(body)).not.toContain('secret')
    expect(logged.join('')).toContain('secret detail')
    expect(events).toMatchObject([{ level: 'error', type: 'error' }])
  })

  it.each([
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('no socket'), { code: 'ENOENT', syscall: 'connect' }),
    Object.assign(new Error('ended'), { code: '57P01' }),
    Object.assign(new Error('full'), { code: '53300' }),
    Object.assign(new Error('gone'), { code: '08006' }),
    new Error('Connection terminated unexpectedly'),
    new Error('Failed query', { cause: new Error('timeout exceeded when trying to connect') }),
  ])('is 503 to be tried again when the database is away: %s', async (error) => {
    failure = error
    const { status, headers, body } = await fail()
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2'])
  })

  it('is the client’s when the database can’t hold a text', async () => {
    failure = new Error('Failed query', { cause: Object.assign(new Error('0x00'), { code: '22021' }) })
    expect((await fail()).body.code).toBe('invalid')
  })

  it('is not the database’s when a file is missing', async () => {
    failure = Object.assign(new Error('no file'), { code: 'ENOENT', syscall: 'open' })
    expect((await fail()).status).toBe(500)
  })

  it('carries Retry-After when it is a limit, and is recorded as a refusal', async () => {
    failure = new YayinError('rate_limited', 'Too fast.', { retryAfterSeconds: 1.2 })
    expect((await fail()).headers.get('retry-after')).toBe('2')
    expect(events).toMatchObject([{ type: 'refused', data: { reason: 'Too fast.', code: 'rate_limited' } }])
  })

  it('names the token as bad in its challenge when it is', async () => {
    failure = new YayinError('invalid_token', 'The token has expired.')
    expect((await fail()).headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })

  it('cuts the connection when the answer has begun', async () => {
    failure = 'midway'
    await expect(fail()).rejects.toThrow(/fetch failed|terminated/)
  })
})
