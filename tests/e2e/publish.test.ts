import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { openEvents } from '../support/sse.ts'
import { joinAs, useStage } from './support.ts'

describe.skipIf(chromiumPath === null)('the publish page', () => {
  const stage = useStage()

  it('says where the JSON goes wrong, whom it reaches, and what came of it', async () => {
    const stream = await openEvents(stage.server.url, { channels: ['public/news'] })
    await stream.waitFor((frame) => frame.body.type === 'connected')
    const page = await stage.openAs('/publish')
    const channel = page.getByLabel('Channel', { exact: true })
    const message = page.getByRole('textbox', { name: 'Message' })
    const submit = page.getByRole('button', { name: 'Publish', exact: true })
    await channel.fill('public/news')
    await page.getByText('1 by name, 0 by pattern').waitFor()
    await message.fill('{\n  "type": "news",\n  "n": 1,\n}')
    await page.getByText('Line 4, column 1: a field’s name in double quotes is expected').waitFor()
    expect(await submit.isDisabled()).toBe(true)
    await message.fill('{"type": "news", "n": 1}')
    await page.getByText('Valid JSON').waitFor()
    await page.getByRole('button', { name: 'Python' }).click()
    await page.getByTestId('code').getByText('"type": "news"').waitFor()
    await message.fill('{"type": "news", "n": 1, "exact": 12345678901234567890}')
    await page.getByTestId('code').getByText('12345678901234567890').waitFor()
    await page.keyboard.press('Control+Enter')
    const { data } = await stream.waitFor((frame) => frame.body.type === 'news' && frame.body.n === 1)
    expect(data).toContain('"exact":12345678901234567890')
    await page.getByText('Reached 1 connection').waitFor()
    stream.close()
    await page.getByText('Nobody follows this channel now').waitFor()
  })

  it('keeps templates that every admin finds, and changes and deletes them', async () => {
    const page = await stage.openAs('/publish')
    await page.getByLabel('Channel', { exact: true }).fill('orders/7')
    await page.getByRole('textbox', { name: 'Message' }).fill('{"type": "order_paid"}')
    await page.getByRole('button', { name: 'Save as template' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as template' })
    await dialog.getByLabel('Name').fill('Order paid')
    await page.keyboard.press('Enter')
    await page.getByText('“Order paid” was saved.').waitFor()

    const other = await stage.newPage()
    await joinAs(stage, other, { email: 'second@example.org', name: 'Second', role: 'admin' })
    await other.goto(new URL('/publish', stage.server.url).href)
    await other.getByRole('button', { name: 'Load the template Order paid' }).click()
    expect(await other.getByLabel('Channel', { exact: true }).inputValue()).toBe('orders/7')
    await other.getByRole('textbox', { name: 'Message' }).fill('{"type": "order_sent"}')
    await other.getByRole('button', { name: 'Update “Order paid”' }).click()
    await other.getByText('The template was updated.').waitFor()
    const { body } = await api(stage.server).get<{ templates: { content: string }[] }>('/api/templates')
    expect(body.templates.map(({ content }) => content)).toEqual(['{"type": "order_sent"}'])
    await other.getByRole('button', { name: 'Delete the template Order paid' }).click()
    await other.getByRole('dialog').getByRole('button', { name: 'Delete template' }).click()
    await other.getByText('“Order paid” was deleted.').waitFor()
  })

  it('schedules a message, lists it and cancels it', async () => {
    const page = await stage.openAs('/publish')
    await page.getByLabel('Channel', { exact: true }).fill('orders/8')
    await page.getByRole('button', { name: 'Later' }).click()
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19)
    await page.getByLabel('Deliver at').fill(tomorrow)
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.getByText(/^Scheduled for/).waitFor()
    await page.getByRole('button', { name: 'Cancel the message to orders/8' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel message' }).click()
    await page.getByText('The scheduled message was cancelled.').waitFor()
    await page.getByText('Nothing is scheduled.').waitFor()
    const { body } = await api(stage.server).get<{ items: unknown[] }>('/api/scheduled')
    expect(body.items).toEqual([])
  })

  it('lets a viewer look and take code along, and offers no button that would fail', async () => {
    const page = await stage.newPage()
    await joinAs(stage, page, { email: 'looker@example.org', name: 'Looker', role: 'viewer' })
    await page.goto(new URL('/publish', stage.server.url).href)
    await page.getByTestId('code').waitFor()
    await page.getByText('As a viewer').waitFor()
    for (const name of ['Publish', 'Save as template']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
    }
  })
})
