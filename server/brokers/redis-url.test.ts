import { expect, it } from 'vitest'
import { parseRedisUrl, type RedisAddress } from './redis-url.ts'

const plain: RedisAddress = {
  kind: 'one',
  tls: false,
  hosts: [{ host: 'r', port: 6379 }],
  username: null,
  password: null,
  db: 0,
  primary: '',
  sentinelPassword: null,
}

it.each<[string, Partial<RedisAddress>]>([
  ['redis://r', {}],
  ['redis://r/', {}],
  ['redis://r:7000/3', { hosts: [{ host: 'r', port: 7000 }], db: 3 }],
  ['rediss://:p%40ss:w@r', { tls: true, password: 'p@ss:w' }],
  ['redis://ada:secret@[::1]:7', { hosts: [{ host: '::1', port: 7 }], username: 'ada', password: 'secret' }],
  [
    'redis+sentinel://a:1,b/mymaster/2',
    {
      kind: 'sentinel',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26_379 },
      ],
      primary: 'mymaster',
      db: 2,
    },
  ],
  [
    'rediss+sentinel://:x@a/main?sentinelPassword=y%26',
    {
      kind: 'sentinel',
      tls: true,
      hosts: [{ host: 'a', port: 26_379 }],
      password: 'x',
      primary: 'main',
      sentinelPassword: 'y&',
    },
  ],
  [
    'redis+cluster://a:7000,b.example.org:7001',
    {
      kind: 'cluster',
      hosts: [
        { host: 'a', port: 7000 },
        { host: 'b.example.org', port: 7001 },
      ],
    },
  ],
])('reads %s', (url, parts) => {
  expect(parseRedisUrl(url)).toEqual({ ...plain, ...parts })
})

it.each([
  'http://r',
  'redis://',
  'redis://a,b',
  'redis://r:99999',
  'redis://r:0',
  'redis://r/x',
  'redis://r/1/2',
  'redis+sentinel://a:1',
  'redis+sentinel://a:1/',
  'redis+cluster://a/1',
  'redis+cluster://a,,b',
  'redis://r with spaces',
])('refuses %s', (url) => {
  expect(parseRedisUrl(url)).toBeNull()
})
