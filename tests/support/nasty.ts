/** A source of chance that brings the same again for the same seed (mulberry32); 0 to 1. */
export function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Picks one of a list. */
export function pick<T>(chance: () => number, items: readonly T[]): T {
  return items[Math.floor(chance() * items.length)]!
}

/** Values that programs stumble over. */
export const NASTY_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  9_007_199_254_740_992,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  'a'.repeat(100_000),
  '../../etc/passwd',
  '%zz',
  "'; drop table users; --",
  '<script>alert(1)</script>',
  '**',
  '*/*/**',
  '__proto__',
  'constructor',
  '9999-12-31T23:59:59.999999999+24:00',
  [],
  [[]],
  {},
  Array.from({ length: 2000 }, () => 'a'),
  JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}'),
]

/** Requests that are none, or end too early, as text; `HOST` and `TOKEN` stand for the server's own. */
export const NASTY_REQUESTS: readonly string[] = [
  '\r\n\r\n\r\n',
  '\0\0\0\0',
  'GET',
  'GET / HTTP/1.1\r\n',
  'GET / HTTP/9.9\r\nHost: HOST\r\n\r\n',
  'G\0T / HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: HOST\r\nHost: other\r\n\r\n',
  'GET /api/stats HTTP/1.1\r\nHost : HOST\r\n\r\n',
  'GET /%ff%fe%00 HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET //evil.example/../../ HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: HOST\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: HOST\r\n${'a: b\r\n'.repeat(3000)}\r\n`,
  `GET /api/events?${'channel=a&'.repeat(1000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`,
  'GET /api/events HTTP/1.1\r\nHost: HOST\r\nLast-Event-ID: \x01\x02\r\n\r\n',
  'GET /api/events HTTP/1.1\r\nHost: HOST\r\nLast-Event-ID: zzz.99999999999999999999\r\n\r\n',
  'GET /api/events HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nab',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n',
  'POST /api/broadcast HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nExpect: the-unexpected\r\nContent-Length: 2\r\n\r\n{}',
  'POST /api/auth/login HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"email":"a',
  'GET /ws HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET /ws HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n\r\n',
  'GET /ws HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 99\r\n\r\n',
  'GET /ws HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
  'GET /api/events HTTP/1.1\r\nHost: HOST\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: a\r\n\r\n',
  'GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\nGET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n\0garbage\r\n\r\n',
]
