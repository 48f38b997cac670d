import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTVerifyGetKey } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createKeySet } from './key-set.ts'

let server: Server
let nowMs = 0
let status = 200
let published: object[] = []
let fetches = 0
let find: (kid: string) => Promise<unknown>

beforeEach(async () => {
  nowMs = 1_000_000
  status = 200
  fetches = 0
  server = createServer((_req, res) => {
    fetches++
    res.writeHead(status).end(JSON.stringify({ keys: published }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`)
  const keys: JWTVerifyGetKey = createKeySet(url, () => nowMs)
  find = async (kid) => await keys({ alg: 'ES256', kid }, { payload: '', signature: '' })
  published = [await newKey('old')]
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function newKey(kid: string): Promise<object> {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }
}

it('fetches once, and again when the keys are old', async () => {
  await find('old')
  await find('old')
  expect(fetches).toBe(1)
  nowMs += 600_000
  await find('old')
  expect(fetches).toBe(2)
})

it('knows a withdrawn key no more when the keys were fetched anew', async () => {
  await find('old')
  published = [await newKey('new')]
  nowMs += 600_000
  await find('new')
  await expect(find('old')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
})

it('goes on with the last good keys while the address fails, without asking it each time', async () => {
  await find('old')
  status = 500
  nowMs += 600_000
  await find('old')
  await find('old')
  expect(fetches).toBe(2)
  nowMs += 30_000
  status = 200
  published = [await newKey('new')]
  await find('new')
  expect(fetches).toBe(3)
})

it('fails when there were never any keys, and works as soon as there are', async () => {
  status = 500
  await expect(find('old')).rejects.toMatchObject({ code: 'ERR_JOSE_GENERIC' })
  status = 200
  await find('old')
})
