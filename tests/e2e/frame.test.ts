import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { connectionState, useStage } from './support.ts'

const PAGES = ['Overview', 'Logs', 'Settings', 'Keys', 'Users', 'Sessions', 'Access']
const MAX_FIRST_LOAD_BYTES = 200 * 1024

const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor()

/** The bytes of each script and style as they travel, packed as a proxy packs them. */
async function loadBytes(page: Page): Promise<number> {
  const texts = await page.evaluate(async () => {
    const loaded = performance.getEntriesByType('resource').map((entry) => entry.name)
    const own = loaded.filter((name) => /\.(js|css)$/.test(new URL(name).pathname))
    return await Promise.all(
      own.map(async (name) => {
        const packed = (await fetch(name)).body!.pipeThrough(new CompressionStream('gzip'))
        return (await new Response(packed).arrayBuffer()).byteLength
      }),
    )
  })
  return texts.reduce((sum, bytes) => sum + bytes, 0)
}

describe.skipIf(chromiumPath === null)('the frame', () => {
  const stage = useStage()
  const streams = async () => {
    const { body } = await api(stage.server).get<{ total: number }>('/api/connections')
    return body.total
  }

  it('goes from page to page, back and forward, over one stream', async () => {
    const page = await stage.openAs('/')
    const connectionIds: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/events') connectionIds.push(request.url())
    })
    for (const name of PAGES.slice(1)) {
      await page.getByRole('link', { name, exact: true }).click()
      await title(page, name)
    }
    expect(new URL(page.url()).pathname).toBe('/access')
    await page.goBack()
    await title(page, 'Sessions')
    await page.goForward()
    await title(page, 'Access')
    expect(await page.title()).toBe('Access · Yayın')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    expect(connectionIds).toEqual([])
    expect(await streams()).toBe(1)
  })

  it('keeps what came meanwhile when the reader was on another page', async () => {
    const page = await stage.openAs('/')
    await page.getByRole('link', { name: 'Users' }).click()
    await title(page, 'Users')
    await api(stage.server).post('/api/broadcast', { text: 'while away' })
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('option').filter({ hasText: 'while away' }).waitFor()
  })

  it('loads at most 200 KB before the first page is shown', async () => {
    const page = await stage.openAs('/')
    expect(await loadBytes(page)).toBeLessThan(MAX_FIRST_LOAD_BYTES)
  })

  it('says so when there is no page, and leads home', async () => {
    const page = await stage.openAs('/nowhere')
    await page.getByText('There is no page here').waitFor()
    await page.getByRole('link', { name: 'Go to the overview' }).click()
    await title(page, 'Overview')
  })

  it.each(['en-GB', 'tr-TR'])('fits a phone when it speaks %s', async (locale) => {
    const page = await stage.openAs('/', { locale, viewport: { width: 390, height: 844 } })
    const traffic = ['/', '/connections', '/channels', '/messages', '/publish', '/logs', '/nodes', '/settings']
    const paths = [...traffic, '/keys', '/users', '/sessions', '/access']
    for (const path of [...paths, '/keys?create=1', '/users?invite=1']) {
      await page.goto(new URL(path, stage.server.url).href)
      await connectionState(page, 'live')
      const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflowPx, path).toBeLessThanOrEqual(0)
      const headPx = await page.locator('header').evaluate((head) => head.clientHeight)
      expect(headPx, `the top line of ${path} is one line`).toBeLessThan(64)
    }
  })

  it.each(['en-GB', 'tr-TR'])('shows every row whole in a window of any width when it speaks %s', async (locale) => {
    const key = { name: 'x'.repeat(80), scopes: ['publish', 'subscribe', 'rooms', 'tokens', 'admin'] }
    const channels = ['orders/**', 'a-rather-long-name-of-a-channel/with/segments/**', 'third']
    expect((await api(stage.server).post('/api/keys', { ...key, channels })).status).toBe(201)
    const page = await stage.openAs('/', { locale })
    for (const path of ['/connections', '/messages', '/keys', '/users', '/sessions?all=1']) {
      await page.goto(new URL(path, stage.server.url).href)
      const table = page.getByRole('table').first()
      for (const width of [768, 1180, 1280, 1440]) {
        await page.setViewportSize({ width, height: 800 })
        await table.waitFor()
        const clippedPx = () => table.evaluate((table) => table.scrollWidth - table.parentElement!.clientWidth)
        // Widths of fractions of a pixel are rounded, each by itself; a page is laid out anew a moment after its window.
        await until(async () => (await clippedPx()) <= 1, { what: `${path} is whole at ${width} px` })
      }
    }
  })

  it('waits for the server when a page is opened that was not loaded before it went, and shows it once it is back', async () => {
    const page = await stage.openAs('/')
    await page.route('**/*', (route) => route.abort('connectionrefused'))
    await page.getByRole('link', { name: 'Settings' }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'The server cannot be reached' })
    await alert.waitFor()
    await page.keyboard.press('Control+k')
    await page.locator('[data-outcome=failed]').getByText('This could not be loaded.').waitFor()
    await page.unroute('**/*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('max_connections').first().waitFor({ timeout: 20_000 })
  })

  it('tells of an update when a page is opened that a newer release has in its place', async () => {
    const page = await stage.openAs('/')
    await page.route('**/assets/*', (route) => route.fulfill({ status: 404, body: '' }))
    const newer = (body: string) => body.replace(/assets\/index-[^"]+\.js/, 'assets/index-newer.js')
    await page.route(stage.server.url + '/', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: newer(await response.text()) })
    })
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText('Yayın has been updated').waitFor()
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Load anew' }).click()
    await page.getByText('max_connections').first().waitFor()
  })

  it('tells that a list failed, and shows it when it is asked for again', async () => {
    const page = await stage.openAs('/')
    const problem = { code: 'invalid', detail: 'no', status: 400, title: 'Invalid', type: 'about:blank' }
    await page.route('**/api/users?*', (route) => route.fulfill({ status: 400, json: problem }))
    await page.getByRole('link', { name: 'Users' }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'The list could not be loaded.' })
    await alert.waitFor({ timeout: 20_000 })
    await page.unroute('**/api/users?*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('row').filter({ hasText: stage.server.adminEmail }).waitFor()
  })

  it('tells who may not see a list', async () => {
    const page = await stage.openAs('/')
    const problem = { code: 'forbidden', detail: 'no', status: 403, title: 'Not allowed', type: 'about:blank' }
    await page.route('**/api/keys?*', (route) => route.fulfill({ status: 403, json: problem }))
    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByText('This is not yours to see').waitFor()
  })

  it('folds the rail, and remembers it', async () => {
    const page = await stage.openAs('/', { viewport: { width: 1280, height: 800 } })
    const widthPx = () => page.getByRole('navigation').evaluate((rail) => rail.clientWidth)
    expect(await widthPx()).toBeGreaterThan(200)
    await page.getByRole('button', { name: 'Fold the rail' }).click()
    await until(async () => (await widthPx()) < 64)
    await page.reload()
    await connectionState(page, 'live')
    expect(await widthPx()).toBeLessThan(64)
  })

  it('stays stopped when an admin disconnected the page and it knocks again', async () => {
    const page = await stage.openAs('/')
    const { body } = await api(stage.server).get<{ connections: { id: string }[] }>('/api/connections')
    for (const { id } of body.connections) await api(stage.server).delete(`/api/connections/${id}`)
    await connectionState(page, 'stopped')
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/events')
    await page.getByRole('button', { name: 'Reconnect' }).click()
    expect((await answer).status()).toBe(204)
    await connectionState(page, 'stopped')
    await page.getByRole('status').filter({ hasText: 'Stopped: disconnected by an admin' }).waitFor()
  })

  it('waits as long as the server says when there is no room', async () => {
    const setting = (value: number) => api(stage.server).post('/api/settings', { key: 'max_connections', value })
    const first = await stage.openAs('/')
    expect((await setting(1)).status).toBe(200)
    try {
      const page = await stage.newPage({ storageState: await first.context().storageState() })
      const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/events')
      await page.goto(stage.server.url)
      const seconds = Number((await answer).headers()['retry-after'])
      expect((await answer).status()).toBe(503)
      await page.getByText(new RegExp(`^Retrying in (${seconds}|${seconds - 1}) s$`)).waitFor()
    } finally {
      await setting(10_000)
    }
  })
})
