import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { useStage } from './support.ts'

describe.skipIf(chromiumPath === null)('the access page', () => {
  const stage = useStage()

  it('says for a token which claim decides, and when none does', async () => {
    const page = await stage.openAs('/access')
    await page.getByText('Who may do what?').waitFor()
    await page.getByRole('button', { name: 'Token' }).click()
    await page.getByLabel('Claims of the token').fill('{"sub": "ada", "subscribe": ["team/*"]')
    await page.getByText('A JSON object is needed').waitFor()
    await page.getByLabel('Claims of the token').fill('{"sub": "ada", "subscribe": ["team/*"]}')
    await page.getByLabel('Channel', { exact: true }).fill('team/red')
    await page.getByRole('button', { name: 'Ask' }).click()
    const verdict = page.getByTestId('verdict')
    await verdict.getByText('Allowed', { exact: true }).waitFor()
    await page.getByText('A claim of the token covers the channel.').waitFor()

    await page.getByLabel('Channel', { exact: true }).fill('team/**')
    await page.getByRole('button', { name: 'Ask' }).click()
    await verdict.getByText('Not allowed').waitFor()
    await page.getByText('no pattern of its subscribe claim covers it').waitFor()
    await page.reload()
    await verdict.getByText('Not allowed').waitFor()
  })

  it('says for a key and for nobody', async () => {
    const { body } = await api(stage.server).post<{ key: { id: string } }>('/api/keys', {
      name: 'Stock',
      scopes: ['publish'],
      channels: ['stock/*'],
    })
    const page = await stage.openAs('/access?channel=broadcast')
    const verdict = page.getByTestId('verdict')
    await verdict.getByText('Allowed', { exact: true }).waitFor()
    await page.getByText('It is a public channel').waitFor()

    await page.getByRole('button', { name: 'API key' }).click()
    await page.getByLabel('API key').selectOption(body.key.id)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByLabel('Channel', { exact: true }).fill('stock/*')
    await page.getByText('without * here').waitFor()
    await page.getByLabel('Channel', { exact: true }).fill('stock/7')
    await page.getByRole('button', { name: 'Ask' }).click()
    await page.getByText('The key has the scope').waitFor()
    await verdict.getByText('Allowed', { exact: true }).waitFor()

    expect((await api(stage.server).delete(`/api/keys/${body.key.id}`)).status).toBe(204)
    await page.getByRole('button', { name: 'Ask' }).click()
    await page.getByText('This API key was revoked.').waitFor()
  })
})
