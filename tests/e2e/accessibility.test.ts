import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../client/src/lib/routes.ts'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { findBarriers } from './axe.ts'
import { connectionState, useStage } from './support.ts'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

/** What stands before a page, by the address that opens it. */
const DIALOGS = [
  '/keys?create=1',
  '/users?invite=1',
  '/video?open=1',
  '/video?room=team',
  '/sessions?password=1',
  '/webhooks?create=1',
]

describe.skipIf(chromiumPath === null)('every page, for those who cannot see or point', () => {
  const stage = useStage()
  let storageState: Awaited<ReturnType<BrowserContext['storageState']>>

  beforeAll(async () => {
    const admin = api(stage.server)
    await admin.post('/api/broadcast', { channel: 'shop/orders', type: 'order_paid', total: 49 })
    await admin.post('/api/keys', { name: 'Shop', scopes: ['publish', 'admin'], channels: ['shop/**'] })
    await admin.post('/api/users/invitations', { email: 'new@example.org', role: 'viewer' })
    await admin.post('/api/video/rooms', { roomId: 'team', name: 'Team', passcode: '1' })
    await api(stage.server, null).post('/api/video/rooms/team/join', { displayName: 'Ada', passcode: '1' })
    await admin.post('/api/webhooks', { name: 'Shop', url: 'https://shop.example/', events: ['room.ended'] })
    const page = await stage.openAs('/')
    storageState = await page.context().storageState()
  })

  async function open(path: string): Promise<Page> {
    const page = await stage.newPage({ storageState, viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(new URL(path, stage.server.url).href)
    await connectionState(page, 'live')
    await filled(page)
    return page
  }

  /** Light and wide, then what changes: the colours when it is dark, the layout on a phone. */
  async function barriersOf(page: Page): Promise<Record<string, string[]>> {
    const light = await findBarriers(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await findBarriers(page, 'colours')
    await page.setViewportSize(PHONE)
    await filled(page)
    return { light, dark, phone: await findBarriers(page) }
  }
  const none = { light: [], dark: [], phone: [] }

  it.each(ROUTES.map(({ path }) => path))('finds no barrier on %s', async (path) => {
    const page = await open(path)
    expect(await barriersOf(page)).toEqual(none)
  })

  it.each(DIALOGS)('finds no barrier before %s', async (path) => {
    const page = await open(path)
    await page.getByRole('dialog').first().waitFor()
    expect(await barriersOf(page)).toEqual(none)
  })

  it('finds no barrier in the palette, its keys and its menu', async () => {
    const page = await open('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    expect(await barriersOf(page)).toEqual(none)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Account' }).click()
    expect(await findBarriers(page)).toEqual([])
  })

  it('finds no barrier before the sign-in, and where there is no page', async () => {
    const page = await stage.newPage({ viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(stage.server.url)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await barriersOf(page)).toEqual(none)
    expect(await findBarriers(await open('/nowhere'))).toEqual([])
  })
})

/** Waits until nothing holds the place of something else. */
async function filled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.animate-shimmer, .animate-breathe') === null)
}
