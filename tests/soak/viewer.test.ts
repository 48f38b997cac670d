import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../client/src/lib/routes.ts'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { connectionState, joinAs, useStage } from '../e2e/support.ts'

/** Buttons of one page that are pressed at most; rows repeat theirs. */
const MOST_BUTTONS = 30
const PRESS_WITHIN_MS = 1500

describe.skipIf(chromiumPath === null)('what a viewer is shown', () => {
  const stage = useStage()
  let page: Page
  let storageState: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

  beforeAll(async () => {
    const admin = api(stage.server)
    await admin.post('/api/broadcast', { channel: 'shop/orders', type: 'order_paid', total: 49 })
    await admin.post('/api/keys', { name: 'Shop', scopes: ['publish'] })
    await admin.post('/api/video/rooms', { roomId: 'team', name: 'Team' })
    await api(stage.server, null).post('/api/video/rooms/team/join', { displayName: 'Ada' })
    page = await stage.newPage()
    await joinAs(stage, page, { email: 'viewer@example.org', name: 'Viewer', role: 'viewer' })
    storageState = await page.context().storageState()
  })

  it.each(ROUTES.map(({ path }) => path))('fails nowhere on %s when all of its buttons are pressed', async (path) => {
    page = await stage.newPage({ storageState, reducedMotion: 'reduce' })
    const refused: string[] = []
    page.on('response', (response) => {
      if (response.status() < 400) return
      refused.push(`${response.request().method()} ${new URL(response.url()).pathname}: ${response.status()}`)
    })
    const address = new URL(path, stage.server.url).href
    await page.goto(address)
    await connectionState(page, 'live')
    await page.waitForFunction(() => document.querySelector('.animate-shimmer') === null)

    const pressed = new Set<string>()
    while (pressed.size < MOST_BUTTONS) {
      const button = await nextButton(page, pressed)
      if (button === null) break
      await button.click({ timeout: PRESS_WITHIN_MS }).catch(() => {})
      await page.keyboard.press('Escape')
      if (new URL(page.url()).pathname !== path) await page.goto(address)
    }
    expect(refused).toEqual([])
  })

  /** The first button of the page, or of what stands before it, of a name that was not pressed yet. */
  async function nextButton(within: Page, pressed: Set<string>): Promise<Locator | null> {
    const buttons = within.locator(
      'header [data-main-action] button:enabled, main button:enabled, dialog button:enabled',
    )
    const names = await buttons.evaluateAll((all) =>
      all.map((button) => button.getAttribute('aria-label') ?? button.textContent.trim()),
    )
    const index = names.findIndex((name) => !pressed.has(name))
    if (index === -1) return null
    pressed.add(names[index] ?? '')
    return buttons.nth(index)
  }
})
