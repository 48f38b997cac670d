import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../client/src/lib/routes.ts'
import { chromiumPath } from '../support/browser.ts'
import { findBarriers } from './axe.ts'
import { DIALOGS, filled, stock } from './pages.ts'
import { connectionState, useStage } from './support.ts'

const WIDE = { width: 1280, height: 800 }

describe.skipIf(chromiumPath === null)('every page, for those who cannot see or point', () => {
  const stage = useStage()
  let storageState: Awaited<ReturnType<BrowserContext['storageState']>>

  beforeAll(async () => {
    await stock(stage.server)
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

  /** In the light, then what the dark changes, the colours. On a phone: tests/soak/phone-accessibility.test.ts. */
  async function barriersOf(page: Page): Promise<Record<string, string[]>> {
    const light = await findBarriers(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    return { light, dark: await findBarriers(page, 'colours') }
  }
  const none = { light: [], dark: [] }

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
