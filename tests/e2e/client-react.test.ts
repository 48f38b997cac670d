import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionInfo } from '../../shared/api.ts'
import { findChromium } from '../../scripts/test-parts.mjs'
import { api } from '../support/api.ts'
import { useStage } from './support.ts'

const PAGE = fileURLToPath(new URL('../support/react-page/main.tsx', import.meta.url))
const CHANNEL = 'public/hooks'
const WAIT = { timeout: 20_000 }

describe.skipIf(findChromium() === null)('the hooks, under StrictMode', () => {
  const stage = useStage()
  let script: string

  beforeAll(async () => {
    const results = (await build({
      configFile: false,
      mode: 'development',
      logLevel: 'error',
      // StrictMode does everything twice in React's development build alone.
      define: { 'process.env.NODE_ENV': '"development"' },
      build: { write: false, minify: false, lib: { entry: PAGE, formats: ['iife'], name: 'page' } },
    })) as unknown as { output: { code: string }[] }[]
    script = results[0]!.output[0]!.code
  })

  /** Opens the page on the hub's own origin; returns it with what it has asked the hub for. */
  async function open(sub: string): Promise<{ page: Page; requests: string[] }> {
    const claims = { sub, name: sub, subscribe: ['public/**'], publish: ['public/**'] }
    const { body } = await api(stage.server).post('/api/auth/tokens', claims)
    const page = await stage.newPage()
    await page.route('**/hooks', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }))
    const requests: string[] = []
    page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
    await page.goto(`${stage.server.url}/hooks#token=${String(body.token)}`)
    await page.addScriptTag({ content: script })
    await page.getByText('live', { exact: true }).waitFor(WAIT)
    return { page, requests }
  }
  const publish = (text: string, type = 'chat') =>
    api(stage.server).post('/api/broadcast', { channel: CHANNEL, type, text })
  const texts = (page: Page) => page.getByRole('listitem').allTextContents()
  async function shows(page: Page, expected: string[]): Promise<void> {
    await expect.poll(() => texts(page), WAIT).toEqual(expected)
  }
  const streams = async () => {
    const { body } = await api(stage.server).get<{ connections: ConnectionInfo[] }>('/api/connections')
    return body.connections.map(({ channels }) => channels)
  }

  it('show the past and what comes, once, over one connection, however often they are rendered', async () => {
    await publish('one')
    await publish('passed over', 'other')
    const { page, requests } = await open('ada')
    await shows(page, ['one'])
    await publish('two', 'bell')
    await page.getByRole('button', { name: 'Publish' }).click()
    await shows(page, ['one', 'two', 'from the page'])
    const asked = requests.length
    for (let i = 0; i < 10; i++) await page.getByRole('button', { name: 'Render' }).click()
    await expect.poll(() => page.locator('#renders').textContent(), WAIT).toBe('10')
    expect(requests.slice(asked)).toEqual([])
    expect(requests.filter((request) => request === 'GET /api/events')).toHaveLength(1)
    expect((await streams()).map((channels) => channels.toSorted((a, b) => a.localeCompare(b)))).toEqual([
      ['public/frame', CHANNEL],
    ])
  })

  it('stop following when the component goes, and bring everything when it comes again', async () => {
    const { page } = await open('ada')
    await page.getByRole('button', { name: 'Toggle' }).click()
    await expect.poll(async () => (await streams()).flat(), WAIT).not.toContain(CHANNEL)
    await publish('meanwhile')
    await page.getByRole('button', { name: 'Toggle' }).click()
    await expect.poll(async () => (await texts(page)).at(-1), WAIT).toBe('meanwhile')
    await publish('after')
    await expect.poll(async () => (await texts(page)).slice(-2), WAIT).toEqual(['meanwhile', 'after'])
  })

  it('know who is there, and who has gone', async () => {
    const { page } = await open('ada')
    const count = () => page.locator('#members').textContent()
    await expect.poll(count, WAIT).toBe('1')
    const bob = await open('bob')
    await expect.poll(count, WAIT).toBe('2')
    await expect.poll(() => bob.page.locator('#members').textContent(), WAIT).toBe('2')
    await bob.page.close()
    await expect.poll(count, WAIT).toBe('1')
  })
})
