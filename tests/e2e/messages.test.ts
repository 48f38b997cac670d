import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { useStage } from './support.ts'

const rows = (page: Page) => page.locator('tbody tr[data-row]')

describe.skipIf(chromiumPath === null)('the pages of messages and channels', () => {
  const stage = useStage()

  async function publishAll(messages: object[]) {
    expect((await api(stage.server).post('/api/broadcast', messages)).status).toBe(200)
  }

  it('finds by text and fields, reads on to the end, and exports all of it', async () => {
    await publishAll(
      Array.from({ length: 350 }, (_, n) => ({
        channel: `orders/${n % 3}`,
        type: 'order_paid',
        total: n,
        customer: { city: n % 2 ? 'New York' : 'Ankara' },
      })),
    )
    const page = await stage.openAs('/messages')
    const count = page.getByTestId('count')
    await count.getByText('350 found').waitFor()
    // Only what is in sight is in the document.
    expect(await rows(page).count()).toBeLessThan(150)
    await until(
      async () => {
        await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
        return (await page.getByRole('table').getAttribute('aria-rowcount')) === '351'
      },
      { deadlineMs: 15_000 },
    )
    const search = page.getByRole('searchbox')
    await search.fill('order_paid total>=340 customer.city:"New York"')
    await count.getByText('5 found').waitFor()
    expect(await rows(page).count()).toBe(5)
    await page.reload()
    await count.getByText('5 found').waitFor()

    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export messages' })
    await dialog.getByText('5 messages are found').waitFor()
    const saved = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await dialog.getByText('5 messages were saved').waitFor()
    const lines = (await readFile(await (await saved).path(), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { total: number }).total)).toEqual([341, 343, 345, 347, 349])
  })

  it('opens a message by its address, and publishes it again, its numbers digit for digit', async () => {
    const numbers = '"minute":88,"exact":12345678901234567890,"huge":1e400'
    const goal = `{"channel":"again/1","type":"goal",${numbers}}`
    const { body } = await api(stage.server).post<{ id: string }>('/api/broadcast', goal)
    const page = await stage.openAs(`/messages?channel=again/*&message=${body.id}`)
    const panel = page.getByRole('dialog', { name: 'Message' })
    await panel.getByText(/"minute": 88,\s+"exact": 12345678901234567890,\s+"huge": 1e400/).waitFor()
    await panel.getByRole('button', { name: 'Publish again' }).click()
    const confirm = page.getByRole('dialog', { name: 'Publish this message again?' })
    await confirm.getByText('again/1').waitFor()
    await confirm.getByRole('button', { name: 'Publish again' }).click()
    await page.getByText(/Published again, to \d+ connection/).waitFor()
    await page.getByRole('button', { name: '1 new' }).click()
    await until(
      async () =>
        (await rows(page)
          .filter({ hasText: `{${numbers}}` })
          .count()) === 2,
    )
  })

  it('shows a channel live, who is in it and its past, and publishes to it', async () => {
    const stream = await openEvents(stage.server.url, { channels: ['public/lobby'] })
    await stream.waitFor((frame) => frame.body.type === 'connected')
    const page = await stage.openAs('/channels')
    await rows(page).filter({ hasText: 'public/lobby' }).click()
    await page.locator('[data-figure="Subscribers"]').getByText('2', { exact: true }).waitFor()
    await page.getByText('Nothing has come yet').waitFor()
    await page.getByRole('tab', { name: 'Publish' }).click()
    await page.getByLabel('Fields').fill('{"text": "from the channel"}')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await stream.waitFor((frame) => frame.body.text === 'from the channel')
    await page.getByRole('tab', { name: 'Live' }).click()
    await page.getByRole('option').filter({ hasText: 'from the channel' }).waitFor()
    await page.getByRole('tab', { name: 'History' }).click()
    await rows(page).filter({ hasText: 'from the channel' }).waitFor()
    await page.getByRole('tab', { name: 'Presence' }).click()
    await page.getByText('1 present').waitFor()
    stream.close()
    await page.getByText('Nobody follows this channel by its name.').waitFor()
    expect(new URL(page.url()).search).toBe('?channel=public%2Flobby&tab=presence')
  })
})
