import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest'
import { createClient } from '../../client/src/realtime/index.ts'
import { type Example, startExample } from '../support/example.ts'
import { createDatabase } from '../support/postgres.ts'
import { until } from '../support/until.ts'

let example: Example
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yayin-embed-example-'))
  const postgresUrl = inject('postgresUrl')
  const database = postgresUrl ? { DATABASE_URL: await createDatabase(postgresUrl) } : {}
  example = await startExample('embed', { DATA_DIR: folder, ...database })
})
afterAll(async () => {
  await example?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('tells a guest of their own order, step by step, and everybody when it is ready', async () => {
  const page = await fetch(example.url)
  expect(await page.text()).toContain("from '/realtime/lib/client.js'")
  expect((await fetch(`${example.url}/realtime/lib/client.js`)).headers.get('content-type')).toContain('javascript')
  const session = await fetch(`${example.url}/session`, { method: 'POST' })
  const { guest, token } = (await session.json()) as { guest: string; token: string }
  const client = createClient({ url: `${example.url}/realtime`, token })
  onTestFinished(() => client.close())
  const heard: Record<string, unknown>[] = []
  client.channel(`orders/${guest}`).on('*', (message) => void heard.push(message))
  client.channel('public/board').on('*', (message) => void heard.push(message))
  await until(() => client.state.status === 'live', { deadlineMs: 20_000 })
  const order = (body: object) =>
    fetch(`${example.url}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  expect((await order({ guest, drink: 7 })).status).toBe(400)
  expect((await order({ guest, drink: 'Espresso' })).status).toBe(201)
  await until(() => heard.length === 4, { deadlineMs: 20_000 })
  expect(heard.map(({ type, status }) => status ?? type)).toEqual(['ordered', 'brewing', 'ready', 'ready'])
})
