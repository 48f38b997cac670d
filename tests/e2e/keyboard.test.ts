import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { useStage } from './support.ts'

const MOST_TABS = 80
const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor()

/** What has the focus, by its name; fails when nothing has, or when it cannot be seen. */
async function focused(page: Page): Promise<string> {
  const found = await page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null
    const { width, height } = element.getBoundingClientRect()
    const labels =
      element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : []
    const name = element.getAttribute('aria-label') ?? (labels.join(' ') || element.textContent)
    return { name: name.trim(), isSeen: width > 0 && height > 0 }
  })
  expect(found, 'something has the focus').not.toBeNull()
  expect(found?.isSeen, `${found?.name} can be seen`).toBe(true)
  return found?.name ?? ''
}

/** Goes on by Tab until what is called `name` has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab')
    // The browser's own frame is a stop, too.
    if (await page.evaluate(() => document.activeElement === document.body)) continue
    const now = await focused(page)
    if (now === name) return
    passed.push(now)
  }
  throw new Error(`no ${name} by Tab; passed: ${passed.join(' | ')}`)
}

describe.skipIf(chromiumPath === null)('the dashboard by keyboard alone', () => {
  const stage = useStage()

  it('skips to the content, makes a key, and gives the focus back', async () => {
    // With a key there is one button that makes another.
    await api(stage.server).post('/api/keys', { name: 'First', scopes: ['publish'] })
    const page = await stage.openAs('/')
    await page.reload()
    await title(page, 'Overview')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')

    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await title(page, 'Keys')
    await tabTo(page, 'New key')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Create a key' }).waitFor()
    expect(await focused(page)).toBe('Name')
    await page.keyboard.type('By hand')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Your new key' }).waitFor()
    await tabTo(page, 'I have stored it')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Given back just after the dialog is gone.
    await until(async () => (await focused(page)) === 'New key')
  })

  it('walks through rows, opens one, closes it and goes on from there', async () => {
    for (const name of ['Alpha', 'Beta']) await api(stage.server).post('/api/video/rooms', { name })
    const page = await stage.openAs('/video?sort=name')
    await page.getByRole('row').filter({ hasText: 'Beta' }).waitFor()
    await page.locator('tbody tr[tabindex="0"]').focus()
    await page.keyboard.press('j')
    expect(await focused(page)).toContain('Beta')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Alpha' }).waitFor()
    await tabTo(page, 'End Alpha')
    await page.keyboard.press('Enter')
    const ending = page.getByRole('dialog', { name: 'End this room?' })
    await ending.waitFor()
    expect(await focused(page)).toBe('Cancel')
    await tabTo(page, 'End room')
    await page.keyboard.press('Enter')
    await page.getByRole('row').filter({ hasText: 'Alpha' }).waitFor({ state: 'detached' })
  })

  it('changes the theme, opens the account and signs out', async () => {
    const page = await stage.openAs('/users')
    await tabTo(page, 'Theme: as the system')
    await page.keyboard.press('Space')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    await tabTo(page, 'Account')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Sign out')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })
})
