import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { connectionState, useStage } from './support.ts'

const MAX_SCRIPT_BYTES = 200 * 1024
/** The page is to be ready within a second; other tests run beside this one. */
const READY_WITHIN_MS = 4000
const LOADS = 5

/** The scripts that a page asked for, with their bytes as they travel. */
function watchScripts(page: Page): Map<string, Promise<number>> {
  const scripts = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.set(
      new URL(response.url()).pathname,
      response.body().then(
        (body) => gzipSync(body).byteLength,
        // Of a page that is closed already.
        () => 0,
      ),
    )
  })
  return scripts
}

describe.skipIf(chromiumPath === null)('the first load', () => {
  const stage = useStage()

  it('brings at most 200 KB of script, and another page its own when it is opened', async () => {
    const page = await signedIn()
    const scripts = watchScripts(page)
    await page.goto(stage.server.url)
    await connectionState(page, 'live')
    const sizes = await Promise.all(scripts.values())
    expect(sizes.length).toBeGreaterThan(1)
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(MAX_SCRIPT_BYTES)

    const first = new Set(scripts.keys())
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.getByRole('heading', { level: 1, name: 'Access' }).waitFor()
    // The browser may draw the page before it has told of the script.
    await until(() => [...scripts.keys()].some((path) => !first.has(path)))
  })

  it('is ready soon', async () => {
    const page = await signedIn()
    const times: number[] = []
    for (let i = 0; i < LOADS; i++) {
      const startedAt = performance.now()
      await page.goto(stage.server.url, { waitUntil: 'commit' })
      await connectionState(page, 'live')
      times.push(performance.now() - startedAt)
    }
    expect(Math.min(...times)).toBeLessThan(READY_WITHIN_MS)
  })

  /** A page that has loaded nothing yet, of somebody who is signed in. */
  async function signedIn(): Promise<Page> {
    const other = await stage.openAs('/')
    return stage.newPage({ storageState: await other.context().storageState() })
  }
})
