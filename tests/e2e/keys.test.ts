import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { useStage } from './support.ts'

describe.skipIf(chromiumPath === null)('the keys page', () => {
  const stage = useStage()
  const publishWith = async (key: string, channel: string) =>
    (await api(stage.server, key).post('/api/broadcast', { channel, text: 'by key' })).status

  it('makes a key that publishes within its channels, and revokes it for good', async () => {
    const page = await stage.openAs('/keys')
    await page.getByRole('banner').getByRole('button', { name: 'New key' }).click()
    const form = page.getByRole('dialog', { name: 'Create a key' })
    await form.getByLabel('Name', { exact: true }).fill('Shop')
    await form.getByLabel('Channels', { exact: true }).fill('orders/**')
    await form.getByRole('button', { name: 'Create key' }).click()

    const made = page.getByRole('dialog', { name: 'Your new key' })
    await made.getByRole('alert').filter({ hasText: 'will not be shown again' }).waitFor()
    const key = await made.getByRole('textbox', { name: 'Key' }).inputValue()
    expect(key).toMatch(/^yk_/)
    await page.keyboard.press('Escape')
    await made.getByRole('button', { name: 'I have stored it' }).click()
    await made.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(key)

    expect(await publishWith(key, 'orders/7')).toBe(200)
    expect(await publishWith(key, 'elsewhere')).toBe(403)

    const row = page.getByRole('row').filter({ hasText: 'Shop' })
    await row.getByText('Active').waitFor()
    await row.getByRole('button', { name: 'Revoke Shop' }).click()
    const confirm = page.getByRole('dialog', { name: 'Revoke this key?' })
    await confirm.getByText('its messages are refused').waitFor()
    await confirm.getByRole('button', { name: 'Revoke key' }).click()
    await row.getByText('Revoked').waitFor()
    expect(await publishWith(key, 'orders/7')).toBe(401)
    expect(await row.getByRole('button').count()).toBe(0)
  })

  it('says what is wrong with a pattern as it is typed', async () => {
    const page = await stage.openAs('/keys?create=1')
    const form = page.getByRole('dialog')
    await form.getByLabel('Name', { exact: true }).fill('Wrong')
    await form.getByLabel('Channels', { exact: true }).fill('orders/7\n**/a')
    await form.getByText('“**/a” is no pattern').waitFor()
    expect(await form.getByRole('button', { name: 'Create key' }).isDisabled()).toBe(true)
    await form.getByLabel('Channels', { exact: true }).fill('orders/7')
    expect(await form.getByRole('button', { name: 'Create key' }).isDisabled()).toBe(false)
    await form.getByRole('checkbox', { name: 'publish' }).uncheck()
    await form.getByText('Choose at least one.').waitFor()
  })

  it('keeps search, filter and order in the address', async () => {
    const { server } = stage
    for (const name of ['Beta', 'Alpha', 'Gamma']) {
      const { status } = await api(server).post('/api/keys', { name, scopes: ['publish'] })
      expect(status).toBe(201)
    }
    const page = await stage.openAs('/keys')
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await page.getByRole('button', { name: /^Active/ }).click()
    await page.getByRole('searchbox').fill('a')
    const names = () => page.locator('tbody tr td:first-child .font-medium').allTextContents()
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma'])
    await page.reload()
    await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma'])
    expect(new URL(page.url()).search).toBe('?sort=name&state=active&q=a')
  })

  it('is walked through by keys, and x asks before it revokes', async () => {
    const { body } = await api(stage.server).post<{ key: { id: string } }>('/api/keys', {
      name: 'By hand',
      scopes: ['subscribe'],
    })
    const page = await stage.openAs('/keys?q=By+hand')
    await page.locator('tbody tr').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByRole('dialog').getByText('it can read no channel').waitFor()
    expect(new URL(page.url()).searchParams.get('revoke')).toBe(body.key.id)
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.goForward()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})
