import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { joinAs, useStage } from './support.ts'

const field = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' })
const options = (page: Page) => page.getByRole('option')
const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor()

/** The text of the option that the field says is chosen. */
async function chosen(page: Page): Promise<string> {
  const id = await field(page).getAttribute('aria-activedescendant')
  return (await page.locator(`[id="${id}"][aria-selected="true"]`).textContent()) ?? ''
}

describe.skipIf(chromiumPath === null)('the command palette', () => {
  const stage = useStage()

  it('goes to a page when its name is typed, in either language', async () => {
    const page = await stage.openAs('/')
    await page.keyboard.press('Control+k')
    await field(page).fill('anahtar')
    expect(await chosen(page)).toContain('Keys')
    await page.keyboard.press('Enter')
    await title(page, 'Keys')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await field(page).fill('sess')
    await page.keyboard.press('Enter')
    await title(page, 'Sessions')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  it('moves the choice round the list while the focus stays in the field', async () => {
    const page = await stage.openAs('/')
    await page.keyboard.press('Control+k')
    expect(await chosen(page)).toContain('Overview')
    await page.keyboard.press('ArrowUp')
    expect(await chosen(page)).toContain('Sign out')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const second = await options(page).nth(1).textContent()
    expect(await chosen(page)).toBe(second)
    expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await field(page).waitFor({ state: 'detached' })
  })

  it('finds channels, connections, rooms and users, and remembers where it led', async () => {
    expect((await api(stage.server).post('/api/video/rooms', { name: 'Palette talk' })).status).toBe(201)
    const page = await stage.openAs('/')
    const { body } = await api(stage.server).post('/api/auth/tokens', {
      sub: 'ayse',
      name: 'Ayşe Yılmaz',
      subscribe: ['palette/**'],
    })
    const stream = await openEvents(stage.server.url, { channels: ['palette/tea'], token: String(body.token) })
    try {
      await stream.waitFor((frame) => frame.body.type === 'connected')
      await page.keyboard.press('Control+k')
      await field(page).fill('palette')
      await options(page).filter({ hasText: 'palette/tea' }).waitFor()
      await options(page).filter({ hasText: 'Ayşe Yılmaz' }).waitFor()
      await options(page).filter({ hasText: 'Palette talk' }).waitFor()
      await field(page).fill('admin@')
      await options(page).filter({ hasText: stage.server.adminEmail }).click()
      await title(page, 'Users')
      await page.keyboard.press('Control+k')
      expect(await chosen(page)).toContain(stage.server.adminEmail)
      await page.keyboard.press('Enter')
      await title(page, 'Users')
      expect(new URL(page.url()).searchParams.get('q')).toBe(stage.server.adminEmail)
    } finally {
      stream.close()
    }
  })

  it('disconnects a client once that is confirmed', async () => {
    const page = await stage.openAs('/')
    const { body } = await api(stage.server).post('/api/auth/tokens', { sub: 'kick-me', subscribe: ['x'] })
    const stream = await openEvents(stage.server.url, { channels: ['x'], token: String(body.token) })
    try {
      await stream.waitFor((frame) => frame.body.type === 'connected')
      await page.keyboard.press('Control+k')
      await field(page).fill('kes')
      await options(page).filter({ hasText: 'Disconnect a client…' }).click()
      expect(await field(page).inputValue()).toBe('disconnect ')
      await field(page).press('End')
      await page.keyboard.type('kick')
      await options(page).filter({ hasText: 'Disconnect kick-me' }).click()
      const dialog = page.getByRole('dialog', { name: 'Disconnect this client?' })
      await dialog.getByRole('button', { name: 'Disconnect' }).click()
      const told = await stream.waitFor((frame) => frame.body.type === 'disconnect')
      expect(told.body).toMatchObject({ reason: 'kicked', reconnect: false })
      await page.getByTestId('toast').getByText('kick-me was disconnected.').waitFor()
    } finally {
      stream.close()
    }
  })

  it('changes theme and language at once', async () => {
    const page = await stage.openAs('/')
    await page.keyboard.press('Control+k')
    await field(page).fill('theme dark')
    await page.keyboard.press('Enter')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.keyboard.press('Control+k')
    await field(page).fill('türkçe')
    await page.keyboard.press('Enter')
    await title(page, 'Özet')
  })

  it('says so when nothing is found, and when the server could not be searched', async () => {
    const page = await stage.openAs('/')
    const problem = { code: 'invalid', detail: 'no', status: 400, title: 'Invalid request', type: 'about:blank' }
    await page.route('**/api/channels?*', (route) => route.fulfill({ status: 400, json: problem }))
    await page.keyboard.press('Control+k')
    await field(page).fill('zzzz')
    await page.getByText('Nothing found for “zzzz”').first().waitFor()
    await page.getByText('The server could not be searched.').waitFor()
  })

  it('offers a viewer nothing that would fail', async () => {
    const page = await stage.newPage()
    await joinAs(stage, page, { email: 'reader@example.org', name: 'Reader', role: 'viewer' })
    await page.keyboard.press('Control+k')
    await options(page).filter({ hasText: 'Sign out' }).waitFor()
    for (const action of ['Create an API key', 'Invite a user', 'Disconnect', 'Publish a message', 'Open a video']) {
      expect(await options(page).filter({ hasText: action }).count(), action).toBe(0)
    }
  })

  it('goes to a page by g and its letter, unless one types or has switched that off', async () => {
    const page = await stage.openAs('/')
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await title(page, 'Users')
    await page.getByRole('searchbox').click()
    await page.keyboard.type('gk?')
    expect(await page.getByRole('searchbox').inputValue()).toBe('gk?')
    await title(page, 'Users')

    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('?')
    await page.getByRole('checkbox', { name: 'Keys without Ctrl' }).uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await page.keyboard.press('?')
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(1)
    await title(page, 'Users')
  })

  it('fits a phone, and is opened by its button there', async () => {
    const page = await stage.openAs('/', { viewport: { width: 390, height: 844 } })
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await options(page).first().waitFor()
    const box = await page.getByRole('dialog').boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
    const heightPx = await options(page)
      .first()
      .evaluate((option) => option.clientHeight)
    expect(heightPx).toBeGreaterThanOrEqual(44)
    await page.getByRole('button', { name: 'Close' }).click()
    await field(page).waitFor({ state: 'detached' })
  })

  it('waits for the list when what is typed changes', async () => {
    const page = await stage.openAs('/')
    await page.keyboard.press('Control+k')
    await page.keyboard.press('ArrowDown')
    await field(page).fill('us')
    await until(async () => (await chosen(page)).includes('Users'))
  })
})
