import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { joinAs, useStage } from './support.ts'

const row = (page: Page, text: string) => page.locator('tbody tr[data-row]').filter({ hasText: text })

describe.skipIf(chromiumPath === null)('the connections page', () => {
  const stage = useStage()

  /** Opens a stream as a user and waits until it is greeted. */
  async function connect(sub: string, channel = 'orders/7') {
    const { body } = await api(stage.server).post<{ token: string }>('/api/auth/tokens', {
      sub,
      name: `${sub} Test`,
      subscribe: ['**'],
    })
    const stream = await openEvents(stage.server.url, { channels: [channel], token: body.token })
    const { body: hello } = await greeting(stream)
    return { stream, id: String(hello.connectionId) }
  }
  const greeting = (stream: Awaited<ReturnType<typeof openEvents>>) =>
    stream.waitFor((frame) => frame.body.type === 'connected')

  it('shows who comes and goes, and finds them by user, channel and text', async () => {
    const page = await stage.openAs('/connections')
    const ada = await connect('ada')
    const bob = await connect('bob', 'match/42')
    await row(page, 'ada Test').waitFor()
    await row(page, 'bob Test').waitFor()
    await page.getByRole('searchbox').fill('bob te')
    await until(async () => (await row(page, 'ada Test').count()) === 0)
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('menuitem', { name: 'Channel' }).click()
    await page.keyboard.type('orders/*')
    await page.keyboard.press('Enter')
    await until(async () => (await row(page, 'bob Test').count()) === 0)
    expect(new URL(page.url()).searchParams.get('channel')).toBe('orders/*')
    await page.reload()
    await row(page, 'ada Test').waitFor()
    expect(await row(page, 'bob Test').count()).toBe(0)
    await page.getByRole('button', { name: 'Remove the filter Channel' }).click()
    await row(page, 'bob Test').waitFor()
    ada.stream.close()
    await until(async () => (await row(page, 'ada Test').count()) === 0)
    bob.stream.close()
  })

  it('opens one by keyboard: what is sent to it, its channels, and a message to it alone', async () => {
    const page = await stage.openAs('/connections')
    const { stream, id } = await connect('cem')
    await row(page, 'cem Test').focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'cem Test' })
    await panel.getByText('up to date').waitFor()
    expect(new URL(page.url()).searchParams.get('connection')).toBe(id)
    const paid = '{"channel":"orders/7","type":"order_paid","total":49000000000000000001}'
    await api(stage.server).post('/api/broadcast', paid)
    await panel.getByText('order_paid', { exact: true }).waitFor()
    await panel.getByText('{"total":49000000000000000001}').waitFor()

    await panel.getByRole('tab', { name: 'Channels' }).click()
    await panel.getByLabel('Channel or pattern').fill('news/*')
    await panel.getByRole('button', { name: 'Add' }).click()
    await panel.getByRole('link', { name: 'news/*' }).waitFor()
    await panel.getByRole('button', { name: 'Stop following orders/7' }).click()
    await panel.getByRole('link', { name: 'orders/7' }).waitFor({ state: 'detached' })
    const { body } = await api(stage.server).get<{ channels: string[] }>(`/api/connections/${id}`)
    expect(body.channels).toEqual(['news/*'])

    await panel.getByRole('tab', { name: 'Send' }).click()
    await panel.getByLabel('Fields').fill('{"text": "to you alone", "number": 1e400}')
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    const { data } = await stream.waitFor((frame) => frame.body.text === 'to you alone')
    expect(data).toContain('"number":1e400')

    await panel.getByRole('tab', { name: 'Its life' }).click()
    await panel.getByText('Connected', { exact: true }).last().waitFor()
    await panel.getByRole('button', { name: 'Disconnect' }).click()
    await page
      .getByRole('dialog', { name: 'Disconnect this connection?' })
      .getByRole('button', { name: 'Disconnect' })
      .click()
    await stream.waitFor((frame) => frame.body.reason === 'kicked')
    await panel.getByText('Closed: disconnected by hand').waitFor()
  })

  it('picks many, and disconnects them after saying how many', async () => {
    const streams = [await connect('kid1'), await connect('kid2'), await connect('kid3'), await connect('stays')]
    const page = await stage.openAs('/connections?user=kid&sort=who')
    await row(page, 'kid3 Test').waitFor()
    await row(page, 'kid1 Test').getByRole('checkbox').click()
    await row(page, 'kid3 Test')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    await page.getByText('3 selected').waitFor()
    await row(page, 'kid2 Test').focus()
    await page.keyboard.press('x')
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('x')
    await page.getByRole('button', { name: 'Disconnect 3' }).click()
    const confirm = page.getByRole('dialog', { name: 'Disconnect 3 connections?' })
    await confirm.getByText('3 clients are told').waitFor()
    await confirm.getByRole('button', { name: 'Disconnect' }).click()
    for (const { stream } of streams.slice(0, 3)) await stream.waitFor((frame) => frame.body.reason === 'kicked')
    await page.getByText('3 connections were closed.').waitFor()
    expect(streams[3]!.stream.frames.some((frame) => frame.body.reason === 'kicked')).toBe(false)
    for (const { stream } of streams) stream.close()
  })

  it('offers a viewer nothing that would fail', async () => {
    const { stream, id } = await connect('watched')
    const page = await stage.newPage()
    await joinAs(stage, page, { email: 'looker@example.org', name: 'Looker', role: 'viewer' })
    await page.goto(new URL(`/connections?connection=${id}`, stage.server.url).href)
    const panel = page.getByRole('dialog', { name: 'watched Test' })
    await panel.getByText('up to date').waitFor()
    expect(await panel.getByRole('button', { name: 'Disconnect' }).count()).toBe(0)
    expect(await panel.getByRole('tab', { name: 'Send' }).count()).toBe(0)
    expect(await page.getByRole('checkbox').count()).toBe(0)
    stream.close()
  })
})
