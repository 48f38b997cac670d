import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ConfigError } from '../config.ts'
import { type HubOptions, toConfig } from './options.ts'
import { isOwnPath } from './own-paths.ts'
import { replay } from './replay.ts'

it('reads options as the server reads its environment', () => {
  const config = toConfig({
    dataDir: '/tmp/hub',
    corsOrigins: ['https://a.example', 'https://b.example'],
    stunUrls: [],
    trustProxy: 1,
    rawStreams: true,
    jwtSecret: 's'.repeat(32),
    databaseUrl: undefined,
  })
  expect(config).toMatchObject({
    dataDir: '/tmp/hub',
    corsOrigins: ['https://a.example', 'https://b.example'],
    stunUrls: [],
    trustProxy: 1,
    rawStreams: true,
    broker: 'local',
  })
  expect(toConfig({}).rawStreams).toBe(false)
})

it('names each wrong option by its own name', () => {
  const wrong = { turnUrls: 'x', corsOrigins: ['y'], broker: 'redis' } as const
  expect(() => toConfig(wrong)).toThrow(ConfigError)
  expect(() => toConfig(wrong)).toThrow(/^corsOrigins is "y".*\nturnUrls is "x"/)
  expect(() => toConfig({ broker: 'redis' })).toThrow(/needs redisUrl/)
  expect(() => toConfig({ port: 3000, corsOrigin: '*' } as HubOptions)).toThrow(/^corsOrigin is no option of a hub/)
})

it('knows its own addresses from those of an app', () => {
  const own = ['/api/events', '/api/broadcast', '/api/channels/a%2Fb/messages', '/healthz', '/lib/client.js', '/docs']
  expect(own.filter((path) => !isOwnPath(path))).toEqual([])
  const others = ['/', '/api', '/api/orders', '/api/channels/a/other', '/library', '/assets/a.js', '/docs/other']
  expect(others.filter((path) => isOwnPath(path))).toEqual([])
})

/** A request whose body a parser has read. */
function readRequest(body: unknown): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  Object.assign(req, { method: 'POST', url: '/api/broadcast?channel=a', body })
  req.headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' }
  return req
}

it.each([
  [{ text: 'ışık' }, '{"text":"ışık"}'],
  [[1, 2], '[1,2]'],
  ['a text', 'a text'],
  [Buffer.from('bytes'), 'bytes'],
  ['', ''],
])('brings back the body %j', async (body, written) => {
  const again = replay(readRequest(body))!
  expect(await text(again)).toBe(written)
  expect(again).toMatchObject({ method: 'POST', url: '/api/broadcast?channel=a' })
  expect(again.headers).toEqual({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(written)),
  })
})

it('does not make up a body that nobody has kept', () => {
  expect(replay(readRequest(undefined))).toBeNull()
})
