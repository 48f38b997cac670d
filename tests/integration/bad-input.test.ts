import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { OPERATIONS } from '../../shared/api.ts'
import { openRaw } from '../support/raw.ts'
import { idsOf, useServer } from '../support/use-server.ts'

const use = useServer()

/**
 * Does what nobody should do, while a bystander listens to a channel that is published to all the while. He has to get
 * every message of it, and nothing may go wrong inside, whatever was answered.
 */
async function amidTraffic(misbehave: () => Promise<void>): Promise<void> {
  const bystander = await use.follow(['public/bystander'])
  const published: string[] = []
  let going = true
  const publisher = (async () => {
    while (going) {
      published.push((await use.publish('public/bystander')).id)
      // Traffic is what is wanted, not load.
      await delay(5)
    }
  })()
  try {
    await misbehave()
  } finally {
    going = false
    await publisher
  }
  const last = await use.publish('public/bystander')
  await bystander.waitFor(({ body }) => body.id === last.id)
  expect(published.length).toBeGreaterThan(0)
  expect(idsOf(bystander)).toEqual([...published, last.id])
  expect(use.server.logs()).not.toMatch(/"level":[56]0/)
}

interface Address {
  method: string
  path: string
}

/** What is read alone, and is no operation. */
const PLAIN = ['/api/events', '/healthz', '/readyz', '/metrics', '/openapi.json', '/docs']

const ADDRESSES: Address[] = [
  ...OPERATIONS.map(({ method, path }) => ({ method: method.toUpperCase(), path: path.replace(/:\w+/g, 'thing') })),
  ...[...PLAIN, '/', '/nothing', '/api', '/api/nothing', '/assets/x.js'].map((path) => ({ method: 'GET', path })),
]

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

/** Tells whether an operation answers at `path` by `method`; one with a parameter there counts too. */
function takes(method: string, path: string): boolean {
  if (method === 'HEAD' || method === 'OPTIONS') return true
  if (PLAIN.includes(path)) return method === 'GET'
  return OPERATIONS.some((operation) => {
    const pattern = new RegExp(`^${operation.path.replace(/:\w+/g, '[^/]+')}$`)
    return operation.method === method.toLowerCase() && pattern.test(path)
  })
}

interface Sent {
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  token?: string | null
}

/** Sends a request and expects its answer to be no server's error, and a problem document if it is a refusal. */
async function expectNo5xx(method: string, path: string, { headers = {}, body, token }: Sent = {}): Promise<number> {
  const bearer = token === undefined ? use.server.apiKey : token
  const answer = await fetch(use.server.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...headers },
    ...(body !== undefined && { body }),
  })
  const what = `${method} ${path.slice(0, 200)} ${typeof body === 'string' ? body.slice(0, 100) : ''}`
  expect(answer.status, what).toBeLessThan(500)
  const type = answer.headers.get('content-type') ?? ''
  if (answer.status >= 400 && method !== 'HEAD') {
    expect(type, what).toBe('application/problem+json; charset=utf-8')
    const problem = (await answer.json()) as Record<string, unknown>
    expect(problem, what).toMatchObject({ status: answer.status, code: expect.stringMatching(/^[a-z_]+$/) })
    expect(JSON.stringify(problem), what).not.toMatch(/node_modules|\.ts:|\.js:|at .*\(|select |insert /)
  } else if (type.startsWith('text/event-stream')) await answer.body?.cancel()
  else await answer.arrayBuffer()
  return answer.status
}

const STRANGE_TEXTS = [
  '%00',
  '%ff%fe',
  '%ED%A0%80',
  '%F0%9D%84%9E',
  '%27%3B--',
  '%25',
  '..%2F..',
  '%5B%5D',
  '__proto__',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-01:00',
]
const STRANGE_VALUES = [...STRANGE_TEXTS, '', '-1', '0', '1e309', 'NaN', 'null', '9'.repeat(400), 'x'.repeat(6000)]

describe('an address', () => {
  it('answers every method it does not have with 405 and what it has', () =>
    amidTraffic(async () => {
      for (const path of new Set(ADDRESSES.map((address) => address.path))) {
        for (const method of METHODS) {
          const status = await expectNo5xx(method, path, { token: null })
          const isKnown = PLAIN.includes(path) || (path.startsWith('/api/') && path !== '/api/nothing')
          if (isKnown && !takes(method, path)) {
            expect(status, `${method} ${path}`).toBe(405)
          }
        }
      }
      const answer = await fetch(`${use.server.url}/api/stats`, { method: 'DELETE' })
      expect(answer.headers.get('allow')).toBe('GET, HEAD')
      const asked = await fetch(`${use.server.url}/api/events`, { method: 'OPTIONS' })
      expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD'])
    }))

  it('takes any path that leads to it, or refuses it', () =>
    amidTraffic(async () => {
      const paths = [
        ...STRANGE_VALUES.flatMap((text) => [`/api/connections/${text}`, `/api/channels/${text}/messages`, `/${text}`]),
        '/api/connections/%zz',
        '/api/channels/%E0%A4%A/messages',
        '/%',
        '/api/connections/a%2Fb',
        '//api//stats',
        '/api/../../etc/passwd',
        '/api/%2e%2e/%2e%2e/etc/passwd',
        '/assets/%00',
        '/API/STATS',
        '/api/stats/',
        `/${'a/'.repeat(3000)}`,
      ]
      for (const path of paths) {
        for (const method of ['GET', 'DELETE']) await expectNo5xx(method, path)
        await expectNo5xx('PATCH', path, { body: '{}', headers: { 'content-type': 'application/json' } })
      }
    }))

  it('refuses to go on from what is no cursor of its list', async () => {
    const lists = OPERATIONS.filter(({ query }) => query instanceof z.ZodObject && 'cursor' in query.shape)
    // Sessions are nobody's who comes with a key; deliveries need a webhook.
    const open = lists.map(({ path }) => path).filter((path) => path !== '/api/sessions' && !path.includes(':id'))
    expect(open.length).toBeGreaterThan(10)
    for (const path of open) {
      const address = path.replace(':name', 'public')
      for (const cursor of ['%00', '!', 'a//b']) {
        expect(await expectNo5xx('GET', `${address}?cursor=${cursor}`), address).toBe(400)
      }
    }
  })

  it('takes any value of any query parameter, or refuses it', () =>
    amidTraffic(async () => {
      const known = OPERATIONS.flatMap(({ method, path, query }) =>
        (query instanceof z.ZodObject ? Object.keys(query.shape as object) : []).map((name) => ({
          method,
          path,
          name,
        })),
      )
      expect(known.length).toBeGreaterThan(25)
      const stream = ['channel', 'token', 'lastEventId', 'presence'].map((name) => {
        return { method: 'get', path: '/api/events', name }
      })
      const json = { 'content-type': 'application/json' }
      for (const { method, path, name } of [...known, ...stream]) {
        const address = path.replace(/:\w+/g, 'thing')
        const more = method === 'get' || method === 'delete' ? {} : { body: '{}', headers: json }
        const queries = STRANGE_VALUES.map((value) => `${name}=${value}`)
        for (const query of [
          ...queries,
          `${name}=1&${name}=2`,
          `${name}[]=1`,
          `${name}[a][b]=1`,
          name,
          `&&=&${name}`,
        ]) {
          await expectNo5xx(method.toUpperCase(), `${address}?${query}`, more)
        }
      }
    }))

  it('takes any body, or refuses it', () =>
    amidTraffic(async () => {
      const bytes = (...numbers: number[]) => new Uint8Array(numbers)
      const bodies: (string | Uint8Array<ArrayBuffer>)[] = [
        ...[
          '{',
          '[',
          '"',
          'null',
          '1',
          '""',
          '[]',
          '{}',
          '[[]]',
          '[{}]',
          '[null]',
          '{"a":1}}',
          '\u0000',
          '\ufeff{}',
          'NaN',
        ],
        '{"__proto__":{"a":1},"constructor":{"prototype":1}}',
        '{"channel":{"toString":1},"type":{},"key":{},"value":[],"email":[],"password":{},"sub":1,"subscribe":{}}',
        '{"key":"\u0000","value":"\\u0000","email":"\\u0000","password":"\\ud800","sub":"\\u0000","code":"\\u0000"}',
        '{"key":"app.deep","value":' + '['.repeat(20_000) + ']'.repeat(20_000) + '}',
        '['.repeat(100_000),
        '{"a":'.repeat(50_000),
        '{"a":'.repeat(3000) + '1' + '}'.repeat(3000),
        `{"n":${'9'.repeat(5000)}}`,
        `{"channel":"${'x'.repeat(70_000)}"}`,
        bytes(0xff, 0xfe, 0xfd),
        bytes(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
        bytes(0x1f, 0x8b, 0x08, 0x00),
      ]
      const types = [
        'application/json',
        'application/json; charset=utf-16',
        'text/plain',
        'application/json;;;',
        '/',
        '\u00ff',
      ]
      for (const { method, path } of ADDRESSES.filter(({ method: name }) => !['GET', 'HEAD'].includes(name))) {
        for (const body of bodies) await expectNo5xx(method, path, { body, headers: { 'content-type': types[0]! } })
        for (const type of types) await expectNo5xx(method, path, { body: '{}', headers: { 'content-type': type } })
        for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'nonsense', 'identity']) {
          const headers = { 'content-type': types[0]!, 'content-encoding': encoding }
          await expectNo5xx(method, path, { body: '{"a":1}', headers })
        }
      }
    }))

  it('takes any header, or refuses it', () =>
    amidTraffic(async () => {
      const headers: Record<string, string>[] = [
        ...[
          'Bearer',
          'Bearer ',
          'Bearer a b',
          'Basic eDp5',
          'Bearer ..',
          `Bearer ${'x'.repeat(9000)}`,
          'Digest \u00ff',
        ].map((authorization) => ({ authorization })),
        ...['eyJhbGciOiJub25lIn0.e30.', 'a.b.c', 'yk_', 'ys_', `yk_${'z'.repeat(500)}`].map((token) => {
          return { authorization: `Bearer ${token}` }
        }),
        ...['yayin_session', 'yayin_session=', 'yayin_session=%zz', '=;=;', `yayin_session="${'x'.repeat(500)}"`].map(
          (cookie) => ({ cookie }),
        ),
        { 'last-event-id': '\u00ff' },
        { 'last-event-id': '9'.repeat(5000) },
        { 'last-event-id': 'a.99999999999999999999' },
        { 'last-event-id': '__proto__.1' },
        { 'idempotency-key': ' ' },
        { 'idempotency-key': '\u00ff' },
        { 'x-forwarded-for': '1, , ,\u00ff', 'x-forwarded-proto': 'nonsense', 'x-forwarded-host': 'a b' },
        { origin: 'null' },
        { origin: 'https://a b' },
        { range: 'bytes=9-1' },
        { 'if-modified-since': 'never' },
        { accept: 'nothing/at-all' },
      ]
      for (const { method, path } of ADDRESSES) {
        const withBody = ['GET', 'HEAD', 'DELETE'].includes(method) ? {} : { body: '{}' }
        for (const header of headers) {
          await expectNo5xx(method, path, {
            token: null,
            headers: { 'content-type': 'application/json', ...header },
            ...withBody,
          })
        }
      }
    }))
})

describe('a connection', () => {
  const POST = 'POST /api/broadcast HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

  /** Sends bytes, ends, and expects nothing or an answer that is no server's error. */
  async function expectNo5xxTo(bytes: string | Buffer, lastly = ''): Promise<void> {
    const connection = openRaw(use.server, bytes)
    const what = JSON.stringify(bytes.toString('latin1').slice(0, 80))
    const answered = connection.waitFor((text) => text.includes('\r\n\r\n'), what, 400).catch(() => undefined)
    await Promise.race([answered, connection.ended])
    connection.send(lastly)
    connection.close()
    const statuses = [...connection.text().matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
    expect(
      statuses.filter((status) => status >= 500),
      what,
    ).toEqual([])
  }

  it.each([
    ['nothing at all', ''],
    ['line ends', '\r\n\r\n\r\n\r\n'],
    ['a greeting of TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
    ['NUL', Buffer.alloc(1000)],
    ['an unknown version', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['no host', 'GET /api/stats HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET /api/stats HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['a strange host', 'GET /api/auth/me HTTP/1.1\r\nHost: a b:c\r\nCookie: yayin_session=x\r\n\r\n'],
    ['a method that is none', 'BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['CONNECT', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['OPTIONS of everything', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a whole address', 'GET http://x/api/stats HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a whole address to publish to', `${POST.replace('/api', 'http://x/api')}Content-Length: 2\r\n\r\n{}`],
    ['no path', 'GET ?channel=broadcast HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a path of bytes', Buffer.from('GET /\xff\xfe/api HTTP/1.1\r\nHost: x\r\n\r\n', 'latin1')],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
    ['a header with NUL', 'GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n'],
    ['huge headers', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['thousands of headers', `GET / HTTP/1.1\r\nHost: x\r\n${'A: a\r\n'.repeat(5000)}\r\n`],
    ['a huge path', `GET /${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a length below zero', `${POST}Content-Length: -1\r\n\r\n{}`],
    ['a length that is none', `${POST}Content-Length: two\r\n\r\n{}`],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a huge length', `${POST}Content-Length: 99999999999999999999\r\n\r\n{}`],
    ['a chunk that is none', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`],
    ['a strange transfer coding', `${POST}Transfer-Encoding: nonsense\r\n\r\n{}`],
    ['an expectation', `${POST}Expect: the unexpected\r\nContent-Length: 2\r\n\r\n{}`],
    ['a body cut off', `${POST}Content-Length: 100\r\n\r\n{"half":`],
    ['a body of GET', 'GET /api/stats HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody'],
    ['a body of GET for the stream', 'GET /api/events HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody'],
    ['an upgrade', 'GET /api/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    [
      'an upgrade to HTTP/2',
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
    ],
  ])('is answered or closed when it brings %s', (_what, bytes) => amidTraffic(() => expectNo5xxTo(bytes)))

  it('may say anything on an open stream, and go away at any moment', () =>
    amidTraffic(async () => {
      const head = 'GET /api/events?channel=public/bystander HTTP/1.1\r\nHost: x\r\n\r\n'
      await expectNo5xxTo(head, 'nonsense\r\n\r\n\0\0\0')
      await expectNo5xxTo(head, head.repeat(50))
      await expectNo5xxTo(head.repeat(200))
      for (let length = 1; length < head.length; length += 7) {
        const connection = openRaw(use.server, head.slice(0, length))
        await connection.waitFor(() => true, 'it is sent')
        connection.close()
      }
    }))

  it('may be one of hundreds that say nothing', () =>
    amidTraffic(async () => {
      const silent = Array.from({ length: 300 }, () => openRaw(use.server, 'GET /api/st'))
      expect((await use.as().get('/api/stats')).status).toBe(200)
      for (const connection of silent) connection.close()
    }))
})
