import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { connectionState, useStage } from './support.ts'

const DEADLINE_MS = 20_000
const chart = (page: Page, title: string) => page.locator(`[data-chart="${title}"]`)

describe.skipIf(chromiumPath === null)('the overview', () => {
  const stage = useStage()
  const setting = async (key: string, value: unknown) =>
    expect((await api(stage.server).post('/api/settings', { key, value })).status).toBe(200)

  it('draws the past again when it is loaded anew, and shows the values under the pointer', async () => {
    const page = await stage.openAs('/')
    const connections = chart(page, 'Connections')
    await connections.locator('canvas').waitFor()
    const first = await api(stage.server).get<{ points: unknown[] }>('/api/stats/history?span=5m')
    expect(first.body.points.length).toBeGreaterThan(0)
    await page.reload()
    await connectionState(page, 'live')
    const label = () => connections.getByRole('img').getAttribute('aria-label')
    await until(async () => /Connections: Connections \d+/.test((await label()) ?? ''), { deadlineMs: DEADLINE_MS })
    await page.getByRole('button', { name: '24 hours' }).click()
    expect(new URL(page.url()).searchParams.get('span')).toBe('24h')
    await until(async () => /Connections: Connections \d+/.test((await label()) ?? ''), { deadlineMs: DEADLINE_MS })
    const out = chart(page, 'Messages per second').getByRole('button', { name: /^out/ })
    await out.click()
    expect(await out.getAttribute('aria-pressed')).toBe('false')

    // What is known stays when the stream is cut and there is nobody to ask.
    let asked = 0
    await page.route('**/api/stats/history?*', (route) => {
      asked++
      return route.abort()
    })
    const { body } = await api(stage.server).get<{ connections: { id: string }[] }>('/api/connections')
    for (const { id } of body.connections) await api(stage.server).delete(`/api/connections/${id}`)
    await connectionState(page, 'stopped')
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/events')
    await page.getByRole('button', { name: 'Reconnect' }).click()
    expect((await answer).status()).toBe(204)
    expect(asked).toBe(0)
    expect(await label()).toMatch(/Connections: Connections \d+/)
  })

  it('says what is degraded and what to do, and is quiet again afterwards', async () => {
    const page = await stage.openAs('/')
    await setting('max_connections', 1)
    const fault = page.locator('[data-fault="room"]')
    await fault.getByText('1 of 1 connections are taken').waitFor({ timeout: DEADLINE_MS })
    await fault.getByText('Raise max_connections').waitFor()
    await page.getByRole('link', { name: 'Logs', exact: true }).click()
    await page.getByRole('link', { name: 'Degraded: see the overview' }).click()
    await fault.waitFor()
    await setting('max_connections', 10_000)
    await fault.waitFor({ state: 'detached', timeout: DEADLINE_MS })
  })

  it('shows the busiest channels and the latest refusals as they come', async () => {
    const page = await stage.openAs('/')
    for (let i = 0; i < 20; i++) await api(stage.server).post('/api/broadcast', { channel: 'busy/bee' })
    const busiest = page.getByRole('region', { name: 'Busiest channels' })
    await busiest.getByRole('link', { name: /busy\/bee/ }).waitFor({ timeout: DEADLINE_MS })
    await api(stage.server, 'yk_wrong').get('/api/stats')
    const notable = page.getByRole('region', { name: 'Latest warnings and errors' })
    await notable
      .getByRole('link', { name: /Request refused/ })
      .first()
      .click({ timeout: DEADLINE_MS })
    await page.getByRole('dialog').getByText('"code":').waitFor({ timeout: DEADLINE_MS })
    expect(new URL(page.url()).pathname).toBe('/logs')
  })
})
