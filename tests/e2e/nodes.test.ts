import { describe, expect, inject, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { openEvents } from '../support/sse.ts'
import { findBarriers } from './axe.ts'
import { useStage } from './support.ts'

const DEADLINE = { deadlineMs: 20_000 }

describe.skipIf(chromiumPath === null || inject('postgresUrl') === null)('the nodes page', () => {
  const stage = useStage({ env: () => Promise.resolve({ WORKERS: '2', DRAIN_SECONDS: '0.5' }) })

  it('drains a node after it has said how many are moved, and lets it take clients again', async () => {
    const { url } = stage.server
    const streams = await Promise.all(Array.from({ length: 4 }, () => openEvents(url, { channels: ['public/x'] })))
    const page = await stage.openAs('/nodes')
    const rows = page.getByRole('table', { name: 'Nodes' }).locator('tbody tr[data-row]')
    await until(async () => (await rows.getByText('Ready').count()) === 2, DEADLINE)

    // The one that serves the page, so that the page itself has to move.
    const serving = rows.filter({ hasText: 'this page' }).getByRole('button', { name: /^Drain / })
    const name = (await serving.getAttribute('aria-label'))!.slice(6)
    await page.getByRole('button', { name: `Drain ${name}`, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `Drain ${name}?` })
    await dialog.getByText(/^\d+ connections are moved to the other node, in waves\.$/).waitFor()
    await dialog.getByRole('button', { name: 'Drain node' }).click()
    await dialog.waitFor({ state: 'detached' })

    const row = rows.filter({ hasText: name })
    await until(async () => (await row.getByText('Drained').count()) === 1, DEADLINE)
    await page.locator('[data-testid="connection-state"][data-status="live"]').waitFor()
    // The other one is the last now.
    const other = rows.filter({ hasNotText: name }).getByRole('button', { name: /^Drain / })
    await until(() => other.isDisabled(), DEADLINE)
    const isTold = () => streams.some(({ frames }) => frames.some(({ body }) => body.type === 'disconnect'))
    await until(isTold, DEADLINE)

    await row.getByRole('button', { name: `Let ${name} take clients again` }).click()
    await until(async () => (await rows.getByText('Ready').count()) === 2, DEADLINE)
    for (const stream of streams) stream.close()
  })

  it('shows the overview of all nodes together, or of the one that is chosen, with its part of the connections', async () => {
    const { url } = stage.server
    const streams = await Promise.all(Array.from({ length: 8 }, () => openEvents(url, { channels: ['public/x'] })))
    const page = await stage.openAs('/')
    const figure = page.locator('[data-figure="Connections"] dd')
    const shown = async () => Number.parseInt((await figure.innerText()).split('\n')[0]!, 10)
    // The page's own stream is the ninth.
    await until(async () => (await shown()) === 9, DEADLINE)
    await figure.getByText('on 2 nodes').waitFor()
    const picker = page.getByLabel('Figures of')
    const names = await picker
      .locator('option')
      .evaluateAll((all) => all.slice(1).map((one) => one.getAttribute('value')!))
    expect(names).toHaveLength(2)

    const parts: number[] = []
    for (const name of names) {
      await picker.selectOption(name)
      expect(new URL(page.url()).searchParams.get('node')).toBe(name)
      await figure.getByText(/^peak/).waitFor()
      parts.push(await shown())
    }
    expect(parts[0]! + parts[1]!).toBe(9)
    await page.locator('[data-chart="Connections"] canvas').waitFor()
    expect(await findBarriers(page)).toEqual([])
    for (const stream of streams) stream.close()
  })

  it('shows viewers no buttons', async () => {
    const page = await stage.openAs('/nodes')
    await page.route('**/api/auth/me', async (route) => {
      const answer = await route.fetch()
      const me = (await answer.json()) as { user: object }
      await route.fulfill({ response: answer, json: { ...me, user: { ...me.user, role: 'viewer' } } })
    })
    await page.reload()
    await page.getByRole('table', { name: 'Nodes' }).getByText('Ready').first().waitFor()
    expect(await page.getByRole('button', { name: /^Drain / }).count()).toBe(0)
  })
})
