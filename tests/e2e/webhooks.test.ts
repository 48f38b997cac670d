import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'
import { findBarriers } from './axe.ts'
import { joinAs, useStage } from './support.ts'

describe.skipIf(chromiumPath === null)('the webhooks page', () => {
  const stage = useStage({ env: () => Promise.resolve({ WEBHOOK_PRIVATE_ADDRESSES: '127.0.0.1' }) })
  let receiver: WebhookReceiver
  beforeAll(async () => {
    receiver = await startWebhookReceiver()
  })
  afterAll(() => receiver.close())

  it('makes a webhook, shows its secret once, sends a test, and sends again what was refused', async () => {
    const page = await stage.openAs('/webhooks')
    await page.getByText('No webhooks yet').waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'New webhook' }).click()
    const form = page.getByRole('dialog', { name: 'Create a webhook' })
    await form.getByLabel('Name', { exact: true }).fill('Shop')
    await form.getByLabel('Address').fill('shop.example')
    await form.getByText('Enter an address that begins with https:// or http://.').waitFor()
    await form.getByLabel('Address').fill(`${receiver.url}/hooks`)
    await form.getByLabel('Channels').fill('orders//7')
    await form.getByText('“orders//7” is no pattern').waitFor()
    expect(await form.getByRole('button', { name: 'Create webhook' }).isDisabled()).toBe(true)
    await form.getByLabel('Channels').fill('orders/**')
    await form.getByRole('button', { name: 'Create webhook' }).click()
    const shown = page.getByRole('dialog', { name: 'The signing secret' })
    const secret = await shown.getByRole('textbox', { name: 'Secret' }).inputValue()
    await shown.getByRole('button', { name: 'I have stored it' }).click()

    const panel = page.getByRole('dialog', { name: 'Shop' })
    await panel.getByText('Nothing sent yet').waitFor()
    await panel.getByRole('button', { name: 'Send a test' }).click()
    await panel.getByText(/^The receiver answered 204/).waitFor()
    expect(isSignedWith(secret, receiver.of('webhook.test')[0]!)).toBe(true)

    receiver.answer('/hooks', (_request, response) => response.writeHead(400).end('no such order'))
    await api(stage.server).post('/api/broadcast', { channel: 'orders/7', type: 'order_paid', total: 49 })
    await panel.getByRole('button', { name: /message\.published.*Waiting/ }).click({ timeout: 20_000 })
    await panel.getByText('no such order').first().waitFor()
    await panel.getByText('order_paid').waitFor()
    expect(await findBarriers(page)).toEqual([])

    receiver.answer('/hooks', (_request, response) => response.writeHead(200).end('thanks'))
    await panel.getByRole('button', { name: 'Send again' }).click()
    await panel.getByText('Delivered').waitFor({ timeout: 20_000 })
    await panel.getByText('thanks').waitFor()
    expect(new Set(receiver.of('message.published').map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    await panel.getByRole('button', { name: 'All deliveries' }).click()
    await panel.getByRole('button', { name: /message\.published.*Delivered/ }).waitFor()
  })

  it('turns one off, and deletes it after asking', async () => {
    const { body } = await api(stage.server).post<{ webhook: { id: string } }>('/api/webhooks', {
      name: 'Gone soon',
      url: `${receiver.url}/gone`,
      events: ['room.started'],
    })
    const page = await stage.openAs(`/webhooks?webhook=${body.webhook.id}`)
    const panel = page.getByRole('dialog', { name: 'Gone soon' })
    await panel.getByRole('button', { name: 'Turn off' }).click()
    await panel.getByRole('button', { name: 'Turn on' }).waitFor()
    await panel.getByRole('button', { name: 'New secret' }).click()
    await page.getByRole('dialog', { name: 'Make a new secret?' }).getByRole('button', { name: 'Make new' }).click()
    await page.getByRole('button', { name: 'I have stored it' }).click()
    await panel.getByText('two; the old one ends').waitFor()
    await panel.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete webhook' }).click()
    await page.getByText('Webhook “Gone soon” was deleted.').waitFor()
    expect((await api(stage.server).get(`/api/webhooks/${body.webhook.id}`)).status).toBe(404)
  })

  it('offers a viewer nothing that would fail, and no part of an address that may be secret', async () => {
    const { body } = await api(stage.server).post<{ webhook: { id: string } }>('/api/webhooks', {
      name: 'Shown',
      url: `${receiver.url}/shown?token=t0p`,
      events: ['room.started'],
    })
    const page = await stage.newPage()
    await joinAs(stage, page, { email: 'looker@example.org', name: 'Looker', role: 'viewer' })
    await page.goto(new URL(`/webhooks?webhook=${body.webhook.id}`, stage.server.url).href)
    await page.getByRole('dialog', { name: 'Shown' }).getByText('Nothing sent yet').waitFor()
    expect(await page.getByRole('button', { name: /New|Send|Edit|Turn|Delete/ }).count()).toBe(0)
    expect(await page.locator('body').textContent()).not.toContain('t0p')
  })
})
