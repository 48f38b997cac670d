import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { joinAs, useStage } from './support.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0'

describe.skipIf(chromiumPath === null)('the sessions page', () => {
  const stage = useStage({ hasPassword: true })

  it('signs a browser out when its session is ended elsewhere', async () => {
    const other = await stage.openAs('/', { userAgent: FIREFOX, ownSession: true })
    const page = await stage.openAs('/sessions', { ownSession: true })
    const row = page.getByRole('row').filter({ hasText: 'Firefox 133 on Windows' })
    await page.getByRole('row').filter({ hasText: 'this one' }).waitFor()
    await row.getByRole('button', { name: /^End the session of Firefox/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click()
    await row.waitFor({ state: 'detached' })
    await other.getByText('Your session was ended').waitFor({ timeout: 15_000 })
    await page.getByRole('row').filter({ hasText: 'this one' }).waitFor()
  })

  it('ends all one’s other sessions at once', async () => {
    const others = [await stage.openAs('/', { ownSession: true }), await stage.openAs('/keys', { ownSession: true })]
    const page = await stage.openAs('/sessions', { ownSession: true })
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End sessions' }).click()
    await page
      .getByTestId('toast')
      .getByText(/sessions were ended/)
      .waitFor()
    for (const other of others) await other.getByText('Your session was ended').waitFor({ timeout: 15_000 })
    await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'detached' })
    expect(await page.locator('tbody tr').count()).toBe(1)
  })

  it('shows admins everybody’s sessions, and viewers their own alone', async () => {
    const viewer = await stage.newPage()
    await joinAs(stage, viewer, { email: 'eve@example.org', name: 'Eve', role: 'viewer' })
    const page = await stage.openAs('/sessions', { ownSession: true })
    await page.getByRole('row').filter({ hasText: 'this one' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: 'Eve' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Everybody’s' }).click()
    await page.getByRole('row').filter({ hasText: 'Eve' }).waitFor()
    await viewer.goto(new URL('/sessions?all=1', stage.server.url).href)
    await viewer.getByRole('row').filter({ hasText: 'this one' }).waitFor()
    expect(await viewer.locator('tbody tr').count()).toBe(1)
    expect(await viewer.getByRole('button', { name: 'Everybody’s' }).count()).toBe(0)
  })
})
