import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { openHostileProxy } from '../support/hostile-proxy.ts'
import { startLightServer } from '../support/light-server.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'
import { type AnyBrowser, attack, BROWSERS, openPage } from './client-hostile.ts'
import { accountOfPage } from './client-page.ts'

const SECONDS = 9

// In Firefox too, and for minutes: tests/soak/client-hostile.test.ts.
describe.skipIf(chromiumPath === null)('the client library on a bad network', () => {
  const use = useServer(() => startLightServer({ env: { BROKER: 'local', CORS_ORIGINS: '*' } }))
  let browsers: AnyBrowser[]

  beforeAll(async () => {
    browsers = [await BROWSERS.Chromium()]
  })
  afterAll(() => Promise.all((browsers ?? []).map((browser) => browser.close())))

  it('brings every message once, in order, by both transports, whatever is done to its connections', async () => {
    await use.set('heartbeat_interval', 1)
    const { sent, outcomes } = await attack({ use, browsers, seconds: SECONDS })
    expect(outcomes).toHaveLength(2)
    for (const { account, done } of outcomes) {
      expect(account.heard).toEqual(sent)
      expect(account.gaps).toBe(0)
      expect(Object.keys(done)).not.toEqual([])
    }
  })

  it('falls to WebSocket, and says so, when a proxy holds the stream back', async () => {
    const proxy = await openHostileProxy({ targetPort: use.server.port, mischief: ['buffer'], withinMs: 0, seed: 1 })
    proxy.beBad()
    try {
      const page = await openPage(browsers[0]!, use, { transport: 'auto', hub: proxy.url })
      const account = () => page.evaluate(accountOfPage)
      await until(async () => (await account()).states.at(-1) === 'live ws', { deadlineMs: 30_000, everyMs: 100 })
      expect((await account()).notices).toEqual(['ws'])
      const { id } = await use.publish('public/hostile')
      await until(async () => (await account()).heard.length === 1, { deadlineMs: 20_000, everyMs: 50 })
      expect((await account()).heard).toEqual([Number(id.split('.')[1])])
    } finally {
      await proxy.close()
    }
  })
})
