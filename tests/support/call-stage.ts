import type { Browser as Chromium } from 'playwright-core'
import type { Browser as Firefox } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { createRoom } from '../../shared/video.ts'
import type { z } from 'zod'
import { chromiumPath, FAKE_DEVICES, launchBrowser, launchPages } from './browser.ts'
import type { Seen, Shown, TestWindow } from './call-page/main.ts'
import { type CallPageServer, serveCallPage } from './call-page.ts'
import { FAKE_DEVICE_PREFS, launchFirefox } from './firefox.ts'
import type { Namespace } from './network-namespace.ts'
import { startLightServer } from './light-server.ts'
import type { TestServer } from './server.ts'
import { until } from './until.ts'
import { openRoom, type OpenedRoom } from './video.ts'

type JoinOptions = Parameters<TestWindow['join']>[0]
type Act = keyof TestWindow['act']
type Doing = (...how: unknown[]) => Promise<void>
type BrowserName = 'chromium' | 'firefox'

/** A page of either browser, as far as tests of calls need it. */
interface AnyPage {
  evaluate<A, R>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R>
  goto(address: string): Promise<unknown>
  close(): Promise<unknown>
}

/** Somebody with a browser page of their own. */
export interface Person {
  readonly name: string
  /** Joins a room with camera and microphone, unless told otherwise. */
  join(roomId: string, options?: Partial<JoinOptions>): Promise<void>
  /** Everybody else, as this page has them. */
  seen(): Promise<Seen[]>
  /** What this page shows of itself and of the call. */
  shown(): Promise<Shown>
  /** Does what a button of the page would do. */
  act<K extends Act>(what: K, ...how: Parameters<TestWindow['act'][K]>): Promise<void>
  /** The token that the page speaks with. */
  token(): Promise<string | null>
  /** Milliseconds from joining to the first picture of somebody else; null until it came. */
  firstFrameMs(): Promise<number | null>
  /** Devices that are in use. */
  lights(): Promise<number>
  /** Resolves once this page has decoded some more pictures of each of `others`. */
  sees(...others: Person[]): Promise<void>
  /** Goes to another page, as a reader does who has had enough. */
  goAway(): Promise<void>
  /** Ends the page without a word, as a crash does. */
  close(): Promise<void>
}

/** A hub, the page for calls and browsers with cameras, for the tests of one file. */
export interface CallStage {
  readonly server: TestServer
  openRoom(creation?: Partial<z.input<typeof createRoom.body>>): Promise<OpenedRoom>
  /** Opens a page, which reaches the hub at `hub` where it is given. */
  newPerson(name: string, options?: { browser?: BrowserName | 'far'; hub?: string }): Promise<Person>
}

/** Pictures after which a page is taken to be receiving, counted twice. */
const SOME_FRAMES = 5
const DEADLINE_MS = 30_000

export interface StageOptions {
  browsers?: readonly BrowserName[]
  /** Further flags of Chromium. */
  flags?: readonly string[]
  /** Where the browser `far` runs, which is a Chromium. */
  network?: () => Promise<Namespace>
  /** Of the server, asked for when it starts. */
  env?: () => Promise<Record<string, string>>
  /** Ends what `env` has begun. */
  after?: () => Promise<void>
}

/** Starts everything before the tests of a file and ends it after; each test's pages are closed with it. */
export function useCallStage({
  browsers = ['chromium'],
  flags = [],
  network,
  env,
  after,
}: StageOptions = {}): CallStage {
  let server: TestServer
  let page: CallPageServer
  let chromium: Chromium | undefined
  let far: Chromium | undefined
  let firefox: Firefox | undefined
  const open: AnyPage[] = []

  beforeAll(async () => {
    const namespace = await network?.()
    page = await serveCallPage(namespace?.address)
    const host = namespace && { HOST: namespace.address }
    // Browsers lend cameras without https to this machine alone.
    // The lighter build does so whatever it is told.
    const launch = namespace ? launchBrowser : launchPages
    const allFlags = [...FAKE_DEVICES, `--unsafely-treat-insecure-origin-as-secure=${page.origin}`, ...flags]
    ;[server, chromium, far, firefox] = await Promise.all([
      startLightServer({ env: { BROKER: 'local', CORS_ORIGINS: page.origin, ...host, ...(await env?.()) } }),
      browsers.includes('chromium') ? launch(allFlags) : undefined,
      namespace && launchBrowser(allFlags, await namespace.wrap(chromiumPath!)),
      browsers.includes('firefox') ? launchFirefox(FAKE_DEVICE_PREFS) : undefined,
    ])
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.close()))
  })
  afterAll(async () => {
    await Promise.all([chromium?.close(), far?.close(), firefox?.close()])
    await server?.stop()
    await page?.close()
    await after?.()
  })

  async function newPage(browser: BrowserName | 'far'): Promise<AnyPage> {
    if (browser === 'firefox') {
      const made = await firefox!.newPage()
      await made.goto(page.origin)
      return made as unknown as AnyPage
    }
    const made = await (await (browser === 'far' ? far : chromium)!.newContext()).newPage()
    await made.goto(page.origin)
    return {
      evaluate: made.evaluate.bind(made) as AnyPage['evaluate'],
      goto: (address) => made.goto(address),
      close: () => made.context().close(),
    }
  }

  return {
    get server() {
      return server
    },
    openRoom: (creation) => openRoom(server, creation),
    async newPerson(name, { browser = 'chromium', hub } = {}) {
      const made = await newPage(browser)
      open.push(made)
      return personAt(made, name, hub ?? server.url)
    },
  }
}

function personAt(page: AnyPage, name: string, hub: string): Person {
  const seen = () => page.evaluate(() => (window as unknown as TestWindow).seen(), null)

  async function framesOf(others: Person[]): Promise<number[]> {
    const all = await seen()
    return others.map((other) => all.find(({ displayName }) => displayName === other.name)?.framesDecoded ?? 0)
  }

  return {
    name,
    seen,
    async join(roomId, options = {}) {
      const wanted = { hub, roomId, displayName: name, devices: true, ...options }
      await page.evaluate((wanted) => (window as unknown as TestWindow).join(wanted), wanted)
    },
    shown: () => page.evaluate(() => (window as unknown as TestWindow).shown(), null),
    act: (what, ...how) =>
      page.evaluate(({ what, how }) => (window as unknown as { act: Record<string, Doing> }).act[what]!(...how), {
        what,
        how,
      }),
    token: () => page.evaluate(() => (window as unknown as TestWindow).token, null),
    firstFrameMs: () => page.evaluate(() => (window as unknown as TestWindow).firstFrameMs, null),
    lights: () => page.evaluate(() => (window as unknown as TestWindow).lights(), null),
    async sees(...others) {
      const before = await framesOf(others)
      for (const more of [SOME_FRAMES, 2 * SOME_FRAMES]) {
        await until(async () => (await framesOf(others)).every((count, at) => count >= before[at]! + more), {
          deadlineMs: DEADLINE_MS,
          everyMs: 100,
          what: `${name} sees ${others.map((other) => other.name).join(', ')}`,
        }).catch(async (error: unknown) => {
          throw new Error(`what ${name} has: ${JSON.stringify(await seen())}`, { cause: error })
        })
      }
    },
    goAway: async () => void (await page.goto('about:blank')),
    close: async () => void (await page.close()),
  }
}

/** Waits until a page says something of its call. */
export async function untilShown(person: Person, test: (shown: Shown) => boolean): Promise<void> {
  let last: Shown | undefined
  await until(async () => test((last = await person.shown())), { deadlineMs: DEADLINE_MS, everyMs: 100 }).catch(() => {
    expect.fail(`${person.name} showed at last: ${JSON.stringify(last)}`)
  })
}
