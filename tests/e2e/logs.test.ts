import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { joinAs, useStage } from './support.ts'

const timeout = 20_000
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

describe.skipIf(chromiumPath === null)('the log page', () => {
  const stage = useStage()
  const publish = async (channel: string) =>
    expect((await api(stage.server).post('/api/broadcast', { channel })).status).toBe(200)

  it('shows entries as they come, and lets them wait while it is paused', async () => {
    const page = await stage.openAs('/logs')
    await publish('live/one')
    await row(page, 'live/one').waitFor({ timeout })
    await page.getByRole('button', { name: 'Pause' }).click()
    await publish('live/two')
    await page.getByRole('button', { name: '1 new' }).waitFor({ timeout })
    expect(await row(page, 'live/two').count()).toBe(0)
    await page.getByRole('button', { name: '1 new' }).click()
    await row(page, 'live/two').waitFor({ timeout })
  })

  it('keeps level, type and text in the address, and opens one entry by its link', async () => {
    await publish('find/me')
    await api(stage.server, 'yk_wrong').get('/api/stats')
    const page = await stage.openAs('/logs')
    await page.getByRole('button', { name: 'Warning' }).click()
    await row(page, 'Request refused').first().waitFor({ timeout })
    await row(page, 'find/me').waitFor({ state: 'detached', timeout })
    await page.getByRole('button', { name: 'Warning' }).click()
    await page.getByLabel('Type').selectOption('broadcast')
    await page.getByRole('searchbox').fill('find/me')
    await page.getByTestId('count').getByText('1 entry').waitFor({ timeout })
    await row(page, 'find/me').click()
    await page.getByRole('dialog').getByText('"find/me"').waitFor({ timeout })
    const { searchParams } = new URL(page.url())
    expect([searchParams.get('type'), searchParams.get('q')]).toEqual(['broadcast', 'find/me'])
    await page.reload()
    await page.getByRole('dialog').getByText('"find/me"').waitFor({ timeout })
  })

  it('downloads what is found', async () => {
    for (const channel of ['take/a', 'take/b']) await publish(channel)
    const page = await stage.openAs('/logs?q=take%2F')
    await page.getByTestId('count').getByText('2 entries').waitFor({ timeout })
    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 entries fit the filter').waitFor()
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    const channels = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { data: { channel: string } }).data.channel)
    expect(channels).toEqual(['take/b', 'take/a'])
  })

  it('says how many go before it is cleared, and offers a viewer no such thing', async () => {
    await publish('gone/soon')
    const viewer = await stage.newPage()
    await joinAs(stage, viewer, { email: 'vera@example.org', name: 'Vera', role: 'viewer' })
    await viewer.goto(new URL('/logs', stage.server.url).href)
    await row(viewer, 'gone/soon').waitFor({ timeout })
    expect(await viewer.getByRole('button', { name: 'Clear' }).count()).toBe(0)

    const page = await stage.openAs('/logs?clear=1')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('There is nothing to delete').waitFor({ timeout })
    await dialog.getByRole('button', { name: 'Everything' }).click()
    await dialog.getByRole('button', { name: /^Delete \d+ entries$/ }).click({ timeout })
    await page
      .getByTestId('toast')
      .getByText(/entries were deleted/)
      .waitFor({ timeout })
    await row(page, 'The event log was cleared').waitFor({ timeout })
    await row(page, 'gone/soon').waitFor({ state: 'detached', timeout })
  })
})
