import { describe, expect, it } from 'vitest'
import { accountOfPage, followInPage, loadLibrary } from '../e2e/client-page.ts'
import { useStage } from '../e2e/support.ts'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { until } from '../support/until.ts'

const CHANNEL = 'public/hung'
const HANG_MS = 45_000
const DEADLINE = { deadlineMs: 60_000, everyMs: 100 }

describe.skipIf(chromiumPath === null)('one connection for all tabs', () => {
  const stage = useStage()

  it('is taken over, with nothing lost or twice, when the tab that holds it hangs, and comes back', async () => {
    const first = await stage.newPage()
    const tabs = [first, await first.context().newPage(), await first.context().newPage()]
    const heardIn = async (tab: typeof first) => (await tab.evaluate(accountOfPage)).heard
    for (const tab of tabs) {
      await tab.goto(new URL('/healthz', stage.server.url).href)
      await tab.evaluate(loadLibrary)
      await tab.evaluate(followInPage, { channel: CHANNEL, share: true })
      await until(async () => (await tab.evaluate(accountOfPage)).states.at(-1) === 'live sse', DEADLINE)
    }
    const sent: number[] = []
    const publish = async () => {
      const { body } = await api(stage.server).post<{ id: string }>('/api/broadcast', { channel: CHANNEL })
      sent.push(Number(body.id.split('.')[1]))
    }
    await publish()
    await until(async () => (await heardIn(first)).length === 1, DEADLINE)
    await first.evaluate((hangMs) => {
      setTimeout(() => {
        const endsAt = Date.now() + hangMs
        while (Date.now() < endsAt);
      })
    }, HANG_MS)
    const hungAt = performance.now()
    for (const tab of tabs.slice(1)) {
      await until(async () => {
        await publish()
        return (await heardIn(tab)).includes(sent.at(-2)!)
      }, DEADLINE)
    }
    expect(performance.now() - hungAt).toBeLessThan(HANG_MS)
    await until(async () => (await heardIn(first)).length > 1, DEADLINE)
    await publish()
    for (const tab of tabs) {
      await until(async () => (await heardIn(tab)).at(-1) === sent.at(-1), DEADLINE)
      expect(await heardIn(tab)).toEqual(sent)
    }
    const { body } = await api(stage.server).get<{ total: number }>(`/api/connections?channel=${CHANNEL}`)
    expect(body.total).toBe(1)
  })
})
