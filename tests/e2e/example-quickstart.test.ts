import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/test-parts.mjs'
import { launchPages } from '../support/browser.ts'
import { type Example, startExample } from '../support/example.ts'
import { freePort } from '../support/free-port.ts'

const KEY = 'yk_quickstart_test_0123456789'

describe.skipIf(findChromium() === null)('the quickstart, without a hub that runs', () => {
  let folder: string
  let hubUrl: string
  let example: Example
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yayin-quickstart-'))
    hubUrl = `http://localhost:${await freePort()}`
    const env = { YAYIN_URL: hubUrl, YAYIN_KEY: KEY, DATA_DIR: folder }
    ;[example, browser] = await Promise.all([startExample('quickstart', env), launchPages()])
  })
  afterAll(async () => {
    await browser?.close()
    await example?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('starts one, and shows what is published', async () => {
    const page = await browser.newPage()
    await page.goto(example.url)
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 15_000 })
    const published = await fetch(new URL('/api/broadcast', example.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'public/quickstart', text: 'Hello <b>you</b>' }),
    })
    expect(published.status).toBe(200)
    await page.getByRole('listitem').filter({ hasText: 'Hello <b>you</b>' }).waitFor({ timeout: 15_000 })
    await example.stop()
    await expect(fetch(hubUrl)).rejects.toThrow('fetch failed')
  })
})
