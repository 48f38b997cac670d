import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { ConnectionInfo } from '../../shared/api.ts'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { accountOfPage, followInPage, loadLibrary, type PageOptions, type PageWindow } from './client-page.ts'
import { useStage } from './support.ts'

const DEADLINE = { deadlineMs: 20_000, everyMs: 50 }

describe.skipIf(chromiumPath === null)('one connection for all tabs', () => {
  const stage = useStage()

  async function openTab(context: BrowserContext, options: PageOptions): Promise<Page> {
    const page = await context.newPage()
    await page.goto(new URL('/healthz', stage.server.url).href)
    await page.evaluate(loadLibrary)
    await page.evaluate(followInPage, options)
    return page
  }

  async function openTabs(count: number, options: PageOptions): Promise<Page[]> {
    const first = await stage.newPage()
    const tabs: Page[] = []
    for (let i = 0; i < count; i++) tabs.push(await openTab(first.context(), options))
    await Promise.all(tabs.map((tab) => until(() => isLive(tab), { ...DEADLINE, what: 'the tab is live' })))
    return tabs
  }

  const heardIn = async (tab: Page) => (await tab.evaluate(accountOfPage)).heard
  const isLive = async (tab: Page) => (await tab.evaluate(accountOfPage)).states.at(-1)?.startsWith('live')

  async function publish(channel: string): Promise<number> {
    const { body } = await api(stage.server).post<{ id: string }>('/api/broadcast', { channel, text: 'x' })
    return Number(body.id.split('.')[1])
  }

  async function connectionsTo(channel: string): Promise<ConnectionInfo[]> {
    const path = `/api/connections?channel=${encodeURIComponent(channel)}`
    return (await api(stage.server).get<{ connections: ConnectionInfo[] }>(path)).body.connections
  }

  it('brings eight tabs each message once when the tab that holds it is closed while messages flow', async () => {
    const channel = 'public/tabs'
    const tabs = await openTabs(8, { channel, share: true })
    expect(await connectionsTo(channel)).toHaveLength(1)
    const published: number[] = []
    const flow = async (count: number) => {
      for (let i = 0; i < count; i++) published.push(await publish(channel))
    }
    await flow(20)
    const closing = Promise.all([flow(60), tabs[0]!.close()])
    await closing
    await flow(20)
    const rest = tabs.slice(1)
    for (const tab of rest) {
      await until(async () => (await heardIn(tab)).at(-1) === published.at(-1), { ...DEADLINE, what: 'all is heard' })
      expect(await heardIn(tab)).toEqual(published)
    }
    expect(await connectionsTo(channel)).toHaveLength(1)
  })

  it('follows for each tab what it wants, and gives it nothing of what another wants', async () => {
    const [one] = await openTabs(1, { channel: 'public/one', share: true })
    const two = await openTab(one!.context(), { channel: 'public/two', share: true })
    await until(() => isLive(two), DEADLINE)
    await until(async () => (await connectionsTo('public/two')).length === 1, DEADLINE)
    expect((await connectionsTo('public/two'))[0]!.channels.sort()).toEqual(['public/one', 'public/two'])
    const [first, second] = [await publish('public/one'), await publish('public/two')]
    await until(async () => (await heardIn(one!)).includes(first), DEADLINE)
    await until(async () => (await heardIn(two)).includes(second), DEADLINE)
    expect(await heardIn(one!)).toEqual([first])
    expect(await heardIn(two)).toEqual([second])
    await two.close()
    await until(async () => (await connectionsTo('public/one'))[0]!.channels.length === 1, DEADLINE)
  })

  it('goes on where each tab was when one is reloaded that holds the connection', async () => {
    const channel = 'public/reload'
    const options = { channel, share: true, storageKey: 'feed' }
    const [holder, other] = await openTabs(2, options)
    const before = await publish(channel)
    await until(async () => (await heardIn(holder!)).includes(before), DEADLINE)
    await holder!.goto(new URL('/readyz', stage.server.url).href)
    const missed = await publish(channel)
    await until(async () => (await heardIn(other!)).includes(missed), DEADLINE)
    await holder!.evaluate(loadLibrary)
    await holder!.evaluate(followInPage, options)
    const after = await publish(channel)
    await until(async () => (await heardIn(holder!)).includes(after), DEADLINE)
    expect(await heardIn(holder!)).toEqual([missed, after])
    await until(async () => (await heardIn(other!)).includes(after), DEADLINE)
    expect(await heardIn(other!)).toEqual([before, missed, after])
  })

  it('publishes from a tab that does not hold the connection', async () => {
    const channel = 'public/chat'
    const { body } = await api(stage.server).post<{ token: string }>('/api/auth/tokens', {
      sub: 'ada',
      publish: [channel],
    })
    const tabs = await openTabs(2, { channel, share: true, token: body.token })
    const id = await tabs[1]!.evaluate(async (channel) => {
      const { client } = window as unknown as PageWindow
      return (await client.channel(channel).publish({ text: 'hello' })).id
    }, channel)
    for (const tab of tabs) {
      await until(async () => (await heardIn(tab)).length > 0, DEADLINE)
      expect(await heardIn(tab)).toEqual([Number(id!.split('.')[1])])
    }
  })
})
