import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { api } from '../support/api.ts'
import { launchPages } from '../support/browser.ts'
import { startLightServer } from '../support/light-server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

/** A server and a browser for the tests of one file. */
export interface Stage {
  readonly server: TestServer
  /** Opens a page of its own session; what it throws or its policy forbids fails the test at its end. */
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** Opens `path`, signed in as the first admin, with the stream standing; in a session with others, or of its own. */
  openAs(path: string, options?: BrowserContextOptions & { ownSession?: boolean }): Promise<Page>
}

interface StageOptions {
  flags?: readonly string[]
  hasPassword?: boolean
  env?: () => Promise<Record<string, string>>
}

/**
 * Starts both before the tests of a file and ends them after; each test's pages are closed with it.
 * `flags` are the browser's, `env` the server's, asked for when it starts; sessions of their own need a password.
 */
export function useStage({ flags = [], hasPassword = false, env }: StageOptions = {}): Stage {
  let server: TestServer
  let browser: Browser
  const contexts: BrowserContext[] = []
  const faults: string[] = []

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([
      startLightServer({ hasPassword, env: (await env?.()) ?? {} }),
      launchPages(flags),
    ])
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    expect(faults.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
    contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (line) => {
      if (/content security policy/i.test(line.text())) faults.push(line.text())
    })
    return page
  }

  return {
    get server() {
      return server
    },
    newPage,
    async openAs(path, { ownSession = false, ...options } = {}) {
      const page = await newPage(options)
      const { request } = page.context()
      // With the browser's name, which the list of sessions shows.
      if (ownSession) await request.post(new URL('/api/auth/login', server.url).href, { data: passwordOf(server) })
      else await page.context().addCookies(await sessionOf(server))
      await page.goto(new URL(path, server.url).href)
      await connectionState(page, 'live')
      return page
    },
  }
}

const sessions = new WeakMap<TestServer, Cookies>()
type Cookies = Parameters<BrowserContext['addCookies']>[0]

/** The cookie of a session of the first admin: one a server while it lasts, since a link is good for one alone. */
async function sessionOf(server: TestServer): Promise<Cookies> {
  const kept = sessions.get(server)
  if (kept && (await isStanding(server, kept))) return kept
  const cookies = await newSession(server)
  sessions.set(server, cookies)
  return cookies
}

async function newSession(server: TestServer): Promise<Cookies> {
  const credentials = server.hasPassword ? passwordOf(server) : await codeOf(server)
  const { status, headers } = await api(server, null).post('/api/auth/login', credentials)
  expect(status, 'signing in').toBe(200)
  const [pair] = headers.getSetCookie()[0]!.split(';')
  const [name, value] = pair!.split('=')
  return [{ name: name!, value: value!, url: server.url, httpOnly: true, sameSite: 'Lax' }]
}

/** What the first admin signs in with. */
const passwordOf = ({ adminEmail: email, adminPassword: password }: TestServer) => ({ email, password })

/** The code of the link that was printed last; it comes later where the database did. */
async function codeOf(server: TestServer) {
  const newest = () =>
    server
      .logs()
      .match(/(?<=#code=)[\w-]+(?= )/g)
      ?.at(-1)
  return { code: await until(newest, { deadlineMs: 15_000, what: 'the link to sign in is printed' }) }
}

async function isStanding(server: TestServer, cookies: Cookies): Promise<boolean> {
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  return (await fetch(new URL('/api/auth/me', server.url), { headers })).ok
}

/** Fills the sign-in form, in English, and sends it. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
}

/** Waits for the stream to be in a state. */
export async function connectionState(page: Page, status: string): Promise<void> {
  await page.locator(`[data-testid="connection-state"][data-status="${status}"]`).waitFor({ timeout: 30_000 })
}

/** Invites somebody and accepts in `page`, which ends up signed in as them. */
export async function joinAs(stage: Stage, page: Page, person: { email: string; name: string; role: string }) {
  const { email, name, role } = person
  const { body } = await api(stage.server).post<{ url: string }>('/api/users/invitations', { email, role })
  await page.goto(body.url)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Come in' }).click()
  await connectionState(page, 'live')
}

/** The password of everybody who joins. */
export const PASSWORD = 'correct horse battery staple'
