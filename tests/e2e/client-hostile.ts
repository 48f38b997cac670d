import { launchPages } from '../support/browser.ts'
import { launchFirefox } from '../support/firefox.ts'
import { type HostileProxy, openHostileProxy } from '../support/hostile-proxy.ts'
import { until } from '../support/until.ts'
import type { ServerInUse } from '../support/use-server.ts'
import { type Account, accountOfPage, followInPage, loadLibrary, type PageOptions, standsForMs } from './client-page.ts'

/** A page, by whichever driver: both know these. */
interface Page {
  goto(url: string): Promise<unknown>
  evaluate(script: string): Promise<unknown>
  evaluate<T>(work: () => T): Promise<T>
  evaluate<A>(work: (argument: A) => void, argument: A): Promise<void>
}

/** A browser, as far as it is used here. */
export interface AnyBrowser {
  newPage(): Promise<Page>
  close(): Promise<void>
}

/** The browsers, and how to start them. */
export const BROWSERS: Record<'Chromium' | 'Firefox', () => Promise<AnyBrowser>> = {
  Chromium: launchPages,
  Firefox: launchFirefox,
}

const CHANNEL = 'public/hostile'
const DEADLINE = { deadlineMs: 60_000, everyMs: 100 }
/** Within which two heartbeats came that are a second apart. */
const HEARTBEATS_MS = 2500
/** Publishes that follow each other, in milliseconds. */
const PACE_MS = 50

/** What came of one client: its account, and what was done to its connections. */
export interface Outcome {
  account: Account
  done: HostileProxy['done']
}

interface Attack {
  use: ServerInUse
  browsers: AnyBrowser[]
  seconds: number
}

/**
 * Lets a page of each browser follow a channel by each transport, through a proxy of its own that does its worst for a
 * while. Returns what was published meanwhile, and what each page made of it once it could hear all.
 */
export async function attack({ use, browsers, seconds }: Attack): Promise<{ sent: number[]; outcomes: Outcome[] }> {
  const clients = await Promise.all(
    browsers.flatMap((browser) =>
      (['sse', 'ws'] as const).map(async (transport, i) => {
        const proxy = await openHostileProxy({
          targetPort: use.server.port,
          mischief: ['cut', 'reset', 'half-open', 'delay', 'delay', ...(seconds > 60 ? ['buffer' as const] : [])],
          withinMs: 3000,
          seed: i + seconds,
        })
        const page = await openPage(browser, use, { transport, hub: proxy.url })
        // From now on it knows how often to expect a heartbeat.
        await until(async () => (await page.evaluate(standsForMs)) > HEARTBEATS_MS, DEADLINE)
        return { proxy, page }
      }),
    ),
  )
  try {
    for (const { proxy } of clients) proxy.beBad()
    const sent: number[] = []
    const endsAt = performance.now() + seconds * 1000
    while (performance.now() < endsAt) {
      sent.push(offsetOf((await use.publish(CHANNEL)).id))
      await new Promise((resolve) => setTimeout(resolve, PACE_MS))
    }
    for (const { proxy } of clients) proxy.beGood()
    sent.push(offsetOf((await use.publish(CHANNEL)).id))
    const outcomes = await Promise.all(
      clients.map(async ({ page, proxy }) => {
        const what = `the page hears the last of ${sent.length}`
        await until(async () => (await page.evaluate(accountOfPage)).heard.includes(sent.at(-1)!), {
          ...DEADLINE,
          what,
        })
        return { account: await page.evaluate(accountOfPage), done: proxy.done }
      }),
    )
    return { sent, outcomes }
  } finally {
    await Promise.all(clients.map(({ proxy }) => proxy.close()))
  }
}

/** Opens a page that follows the channel. */
export async function openPage(
  browser: AnyBrowser,
  { server }: ServerInUse,
  options: Partial<PageOptions>,
): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(new URL('/healthz', server.url).href)
  await page.evaluate(loadLibrary)
  await page.evaluate(followInPage, { channel: CHANNEL, maxAttempts: 1000, ...options })
  return page
}

function offsetOf(id: string): number {
  return Number(id.split('.')[1])
}
