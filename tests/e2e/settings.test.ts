import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { SettingInfo } from '../../shared/api.ts'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { joinAs, useStage } from './support.ts'

const timeout = 20_000
const row = (page: Page, key: string) => page.locator(`[data-setting="${key}"]`)

describe.skipIf(chromiumPath === null)('the settings page', () => {
  const stage = useStage()
  const find = async (key: string) => {
    const { body } = await api(stage.server).get<{ settings: SettingInfo[] }>('/api/settings')
    return body.settings.find((setting) => setting.key === key)
  }

  it('saves what was changed all at once, and takes it back when that is undone', async () => {
    const page = await stage.openAs('/settings')
    const rate = row(page, 'client_rate_limit')
    await rate.getByRole('textbox').fill('0')
    await rate.getByText('A number from 1 to 100,000 is needed').waitFor({ timeout })
    const save = page.getByRole('button', { name: 'Save all' })
    expect(await save.isDisabled()).toBe(true)
    await rate.getByRole('textbox').fill('70')
    await row(page, 'guest_rooms').getByRole('switch').click()
    await page.getByText('2 changes are not saved').waitFor()
    await save.click()
    const toast = page.getByTestId('toast')
    await toast.getByText('2 settings were saved').waitFor({ timeout })
    expect([(await find('client_rate_limit'))?.value, (await find('guest_rooms'))?.value]).toEqual([70, true])
    await toast.getByRole('button', { name: 'Undo' }).click()
    await toast.getByText('2 settings are as they were').waitFor({ timeout })
    expect(await find('client_rate_limit')).toMatchObject({ value: 50, updatedAt: null })
    expect(await find('guest_rooms')).toMatchObject({ value: false, updatedAt: null })
  })

  it('asks before changes are lost, on links and on Back', async () => {
    const page = await stage.openAs('/keys')
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await row(page, 'history_ttl').getByRole('textbox').fill('48')
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
    await dialog.getByRole('button', { name: 'Stay here' }).click()
    expect(new URL(page.url()).pathname).toBe('/settings')
    await page.goBack()
    await dialog.waitFor({ timeout })
    expect(await row(page, 'history_ttl').getByRole('textbox').inputValue()).toBe('48')
    await dialog.getByRole('button', { name: 'Leave and discard' }).click()
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor({ timeout })
    expect((await find('history_ttl'))?.value).toBe(24)
  })

  it('shows who changed a setting, and resets it', async () => {
    expect((await api(stage.server).post('/api/settings', { key: 'message_max_bytes', value: 1000 })).status).toBe(200)
    const page = await stage.openAs('/settings?q=message_max')
    const size = row(page, 'message_max_bytes')
    await size.getByText('changed by key:bootstrap').waitFor({ timeout })
    await size.getByText('Default: 65,536').waitFor()
    await size.getByRole('button', { name: /^Reset to default/ }).click()
    await page.getByRole('button', { name: 'Save all' }).click()
    await until(async () => (await find('message_max_bytes'))?.value === 65_536, { deadlineMs: timeout })
  })

  it('adds, changes and deletes keys of one’s own, and says what the server refused', async () => {
    const page = await stage.openAs('/settings')
    await page.getByRole('button', { name: 'Add a key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Key').fill('app.theme')
    await dialog.getByLabel('Value').fill('{"colour": ')
    await dialog.getByText('not valid JSON yet').waitFor()
    await dialog.getByLabel('Value').fill('"red\\u0000"')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('cannot be stored').waitFor({ timeout })
    await dialog.getByLabel('Value').fill('{"colour": "red"}')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await row(page, 'app.theme').getByText('{"colour":"red"}').waitFor({ timeout })
    expect(await find('app.theme')).toMatchObject({ value: { colour: 'red' } })
    await page.getByRole('button', { name: 'Delete app.theme' }).click()
    await dialog.getByRole('button', { name: 'Delete key' }).click()
    await row(page, 'app.theme').waitFor({ state: 'detached', timeout })
    expect(await find('app.theme')).toBeUndefined()
  })

  it('lets a viewer look and change nothing', async () => {
    const page = await stage.newPage()
    await joinAs(stage, page, { email: 'vera@example.org', name: 'Vera', role: 'viewer' })
    await page.goto(new URL('/settings', stage.server.url).href)
    await row(page, 'client_rate_limit').waitFor({ timeout })
    expect(await row(page, 'client_rate_limit').getByRole('textbox').isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: 'Add a key' }).count()).toBe(0)
  })
})
