import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readHubAccess } from './hub-options.ts'

function folderWithKey(): string {
  const dir = mkdtempSync(join(tmpdir(), 'yayin-cli-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'api_key'), 'yk_local\n')
  return dir
}

it('takes the hub of this machine and its key when nothing else is said', () => {
  const env = { DATA_DIR: folderWithKey(), PORT: '4000' }
  expect(readHubAccess({}, { env })).toEqual({ url: 'http://localhost:4000', key: 'yk_local' })
  expect(readHubAccess({}, { env: { ...env, API_KEY: 'yk_set' } }).key).toBe('yk_set')
  expect(readHubAccess({}, { env: { DATA_DIR: '/nowhere', PORT: '' } })).toEqual({
    url: 'http://localhost:3000',
    key: null,
  })
})

it('lets options go before the environment when both say something', () => {
  const env = { YAYIN_URL: 'https://a.example/', YAYIN_API_KEY: 'yk_env' }
  expect(readHubAccess({}, { env })).toEqual({ url: 'https://a.example', key: 'yk_env' })
  const options = { url: 'https://b.example/realtime/', key: 'yk_option' }
  expect(readHubAccess(options, { env })).toEqual({ url: 'https://b.example/realtime', key: 'yk_option' })
})

it.each(['https://hub.example', 'http://192.168.0.7:3000', 'http://localhost.evil.example'])(
  'gives the local key to nobody else when the hub is at %s',
  (url) => {
    expect(readHubAccess({ url }, { env: { DATA_DIR: folderWithKey(), API_KEY: 'yk_set' } }).key).toBeNull()
  },
)

it.each(['hub', 'ftp://hub.example', 'localhost:3000', ''])('refuses %j when it is no address', (url) => {
  if (url === '') expect(readHubAccess({}, { env: { YAYIN_URL: url } }).url).toBe('http://localhost:3000')
  else expect(() => readHubAccess({ url }, { env: {} })).toThrow(/is no address of a hub/)
})
