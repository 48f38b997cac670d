import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyBrowser, attack, BROWSERS } from '../e2e/client-hostile.ts'
import { chromiumPath } from '../support/browser.ts'
import { firefoxPath } from '../support/firefox.ts'
import { startServer } from '../support/server.ts'
import { useServer } from '../support/use-server.ts'

/** CLIENT_SECONDS makes it longer, or shorter. */
const SECONDS = Number(process.env.CLIENT_SECONDS) || 180

describe.skipIf(chromiumPath === null || firefoxPath === null)(
  'the client library on a bad network for minutes',
  () => {
    const use = useServer(() => startServer({ env: { CORS_ORIGINS: '*' } }))
    let browsers: AnyBrowser[]

    beforeAll(async () => {
      browsers = await Promise.all([BROWSERS.Chromium(), BROWSERS.Firefox()])
    })
    afterAll(() => Promise.all((browsers ?? []).map((browser) => browser.close())))

    it(`brings every message once, in order, for ${SECONDS} s, by both transports, in both browsers`, async () => {
      await use.set('heartbeat_interval', 1)
      const { sent, outcomes } = await attack({ use, browsers, seconds: SECONDS })
      for (const { account, done } of outcomes) {
        expect(account.heard).toEqual(sent)
        expect(account.gaps).toBe(0)
        // Each kind came up at least once in a minute.
        expect(Object.keys(done).length).toBeGreaterThanOrEqual(4)
      }
    })
  },
)
