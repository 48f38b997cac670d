import type { BrowserContext } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../client/src/lib/routes.ts'
import { findBarriers } from '../e2e/axe.ts'
import { DIALOGS, filled, stock } from '../e2e/pages.ts'
import { connectionState, useStage } from '../e2e/support.ts'
import { chromiumPath } from '../support/browser.ts'

const PHONE = { width: 390, height: 844 }

describe.skipIf(chromiumPath === null)('every page on a phone, for those who cannot see or point', () => {
  const stage = useStage()
  let storageState: Awaited<ReturnType<BrowserContext['storageState']>>

  beforeAll(async () => {
    await stock(stage.server)
    const page = await stage.openAs('/')
    storageState = await page.context().storageState()
  })

  it.each([...ROUTES.map(({ path }) => path), ...DIALOGS])('finds no barrier on %s', async (path) => {
    const page = await stage.newPage({ storageState, viewport: PHONE, reducedMotion: 'reduce' })
    await page.goto(new URL(path, stage.server.url).href)
    await connectionState(page, 'live')
    await filled(page)
    expect(await findBarriers(page)).toEqual([])
  })
})
