import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { startLightServer } from '../support/light-server.ts'
import { until } from '../support/until.ts'
import { connectionState, signIn, signOut, useStage } from './support.ts'

const rows = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })

describe.skipIf(chromiumPath === null)('the first page', () => {
  const stage = useStage({ hasPassword: true })

  async function broadcast(message: Record<string, unknown>) {
    const { status } = await api(stage.server).post('/api/broadcast', message)
    expect(status).toBe(200)
  }

  it('says so when the password is wrong, and opens when it is right', async () => {
    const { server } = stage
    const page = await stage.newPage()
    await page.goto(server.url)
    await signIn(page, server.adminEmail, 'not the password')
    await page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' }).waitFor()
    await signIn(page, server.adminEmail, server.adminPassword)
    await connectionState(page, 'live')
    await page.reload()
    await connectionState(page, 'live')
    await signOut(page)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  it('shows a message whole when one is broadcast by API key and clicked', async () => {
    const page = await stage.openAs('/')
    await broadcast({ channel: 'orders/7', type: 'order_paid', total: 49 })
    await rows(page, 'order_paid').click()
    const panel = page.getByRole('dialog', { name: 'Message' })
    await panel.getByText('"total": 49').waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('closes the loop when a message is sent from the form', async () => {
    const page = await stage.openAs('/')
    await page.getByLabel('Channel', { exact: true }).fill('greetings')
    await page.getByLabel('Fields').fill('{"text": "from the form"}')
    await page.keyboard.press('Control+Enter')
    await page
      .getByRole('status')
      .filter({ hasText: /Sent to \d+ connection/ })
      .waitFor()
    await rows(page, 'from the form').waitFor()
  })

  it('moves the figures when messages pass', async () => {
    const page = await stage.openAs('/')
    const total = async () => {
      const text = await page.locator('[data-figure="Messages in"]').textContent()
      return Number(/([\d,]+) in total/.exec(text ?? '')?.[1]?.replaceAll(',', ''))
    }
    const before = await until(async () => ((await total()) >= 0 ? [await total()] : null))
    await broadcast({ text: 'one more' })
    await until(async () => (await total()) > before[0]!, { what: 'the total of messages in grows' })
  })

  it('shows what was missed once when the server was killed and came back', async () => {
    const page = await stage.openAs('/')
    await broadcast({ text: 'before the crash' })
    await rows(page, 'before the crash').waitFor()
    // Held back until the message is sent, so that only a resume can bring it.
    await page.route('**/api/events*', (route) => route.abort())
    stage.server.kill('SIGKILL')
    await connectionState(page, 'retrying')
    await stage.server.restart()
    await broadcast({ text: 'during the break' })
    await page.unroute('**/api/events*')
    await connectionState(page, 'live')
    await rows(page, 'during the break').waitFor()
    await broadcast({ text: 'after the break' })
    await rows(page, 'after the break').waitFor()
    expect(await rows(page, 'the break').count()).toBe(2)
    expect(await rows(page, 'before the crash').count()).toBe(1)
  })

  it('opens without a password when the one-time link is followed', async () => {
    const open = await startLightServer()
    try {
      const link = await until(() => /https?:\/\/\S+#code=[^\s"]+/.exec(open.logs())?.[0], {
        what: 'the link is printed',
      })
      const page = await stage.newPage()
      await page.goto(link)
      await connectionState(page, 'live')
      expect(new URL(page.url()).hash).toBe('')
    } finally {
      await open.stop()
    }
  })

  it('reaches a plain EventSource when the page knows nothing of Yayın', async () => {
    const page = await stage.newPage()
    await page.goto(new URL('/healthz', stage.server.url).href)
    const heard = await page.evaluateHandle(() => {
      const frames: string[] = []
      new EventSource('/api/events').onmessage = (event) => frames.push(event.data as string)
      return frames
    })
    const data = () =>
      heard.evaluate((frames) => frames.map((frame) => JSON.parse(frame) as { type: string; n?: number }))
    await until(async () => (await data()).some((frame) => frame.type === 'connected'))
    await broadcast({ type: 'greeting', n: 42 })
    const greeting = await until(async () => (await data()).find((frame) => frame.type === 'greeting'))
    expect(greeting).toMatchObject({ type: 'greeting', n: 42, channel: 'broadcast' })
  })
})
