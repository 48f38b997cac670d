import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadSecrets } from './secrets.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'yayin-secrets-')), 'data')
})
afterEach(() => rm(join(dataDir, '..'), { recursive: true }))

const load = (configured: { jwtSecret?: string; apiKey?: string } = {}) =>
  loadSecrets({ dataDir, jwtSecret: null, apiKey: null, ...configured })

it('makes secrets that only the owner can read when there are none', async () => {
  const secrets = await load()
  expect(secrets.jwtSecret).toMatch(/^[\w-]{43}$/)
  expect(secrets.apiKey).toMatch(/^yk_[\w-]{32}$/)
  expect(secrets.nodeId).toMatch(/^[0-9a-z]{8}$/)
  expect(secrets).toMatchObject({ apiKeyGenerated: true, apiKeyIsNew: true })
  expect((await readdir(dataDir)).toSorted()).toEqual(['api_key', 'jwt_secret', 'node_id'])
  for (const name of await readdir(dataDir)) expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600)
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
  expect((await readFile(secrets.apiKeyPath, 'utf8')).trim()).toBe(secrets.apiKey)
})

it('finds the same secrets when it starts again', async () => {
  const first = await load()
  expect(await load()).toEqual({ ...first, apiKeyIsNew: false })
})

it('agrees with another when both make them at the same instant', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => load()))
  expect(new Set(all.map(({ apiKey, jwtSecret, nodeId }) => [apiKey, jwtSecret, nodeId].join())).size).toBe(1)
  expect(await readdir(dataDir)).toHaveLength(3)
})

it('writes nothing down when the secrets are configured', async () => {
  const secrets = await load({ jwtSecret: 's', apiKey: 'k' })
  expect(secrets).toMatchObject({ jwtSecret: 's', apiKey: 'k', apiKeyGenerated: false })
  expect(await readdir(dataDir)).toEqual(['node_id'])
})

it('names the file when a secret is empty', async () => {
  await load()
  await writeFile(join(dataDir, 'jwt_secret'), '\n')
  await expect(load()).rejects.toThrow(/jwt_secret is empty; delete it/)
})
