import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/test-parts.mjs'
import { type Example, startExample } from '../support/example.ts'
import { until } from '../support/until.ts'
import { joinSocket, openSocket } from '../support/ws.ts'
import { useStage } from './support.ts'

const DEADLINE = { timeout: 15_000 }
const CONCERT = 'An evening of Bach'
const BREAKFAST = 'Breakfast with the band'

describe.skipIf(findChromium() === null)('the example of seat booking', () => {
  const stage = useStage()
  let example: Example
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yayin-booking-'))
    const env = { YAYIN_URL: stage.server.url, YAYIN_KEY: stage.server.apiKey, BOOKING_DATA_DIR: folder }
    example = await startExample('seat-booking', env)
  })
  afterAll(async () => {
    await example?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function ask(token: string, method: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(new URL(path, example.url), {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  async function signIn(name: string): Promise<string> {
    const credentials = { email: `${name}@example.com`, password: 'password' }
    const { status, body } = await ask('', 'POST', '/api/auth/login', credentials)
    expect(status).toBe(200)
    return String(body.token)
  }
  async function openAs(name: string): Promise<Page> {
    const page = await stage.newPage()
    await page.goto(example.url)
    await page.getByLabel('E-mail').fill(`${name}@example.com`)
    await page.getByLabel('Password').fill('password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('#state[data-status="live"]').waitFor(DEADLINE)
    return page
  }
  const card = (page: Page, title: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  const shows = (page: Page, title: string, words: string) =>
    card(page, title).getByText(words).first().waitFor(DEADLINE)

  it('shows everybody at once what one has booked, given back and changed', async () => {
    const [ada, olga] = await Promise.all([openAs('ada'), openAs('olga')])
    await card(ada, CONCERT).getByRole('button', { name: 'Book a seat' }).click()
    for (const page of [ada, olga]) await shows(page, CONCERT, '49')
    await olga.getByRole('log').getByText('A seat was booked').waitFor(DEADLINE)
    await card(ada, CONCERT).getByRole('button', { name: 'Give my seat back' }).click()
    for (const page of [ada, olga]) await shows(page, CONCERT, '50')
    await card(olga, CONCERT).getByLabel('Seats in all').fill('60')
    await card(olga, CONCERT).getByRole('button', { name: 'Change' }).click()
    for (const page of [ada, olga]) await shows(page, CONCERT, 'left of 60')
    expect(await ada.getByLabel('Seats in all').first().isVisible()).toBe(false)
  })

  it('gives the last seat to one of two who click at the same moment, and tells the other', async () => {
    const pages = await Promise.all([openAs('ada'), openAs('bob')])
    await Promise.all(pages.map((page) => card(page, BREAKFAST).getByRole('button', { name: 'Book a seat' }).click()))
    const labels = () =>
      Promise.all(pages.map((page) => card(page, BREAKFAST).getByRole('button').first().textContent()))
    const settled = async () => isDeepStrictEqual(new Set(await labels()), new Set(['Give my seat back', 'Sold out']))
    await until(settled, { deadlineMs: 15_000, what: 'one has the seat and the other none' })
    for (const page of pages) await shows(page, BREAKFAST, '0')
  })

  it('never gives out more seats than there are when everybody asks many times at once', async () => {
    const tokens = await Promise.all(['ada', 'bob', 'olga'].map(signIn))
    await ask(tokens[2]!, 'PATCH', '/api/bookable/2', { seats: 2 })
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => ask(tokens[n % 3]!, 'POST', '/api/bookings', { eventId: 2 })),
    )
    const booked = answers.filter(({ status }) => status === 201)
    expect(new Set(booked.map(({ body }) => body.availableSeats))).toEqual(new Set([0, 1]))
    expect(booked).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(28)
  })

  it('tells whoever follows /ws/events/<id> with a token, in order, and nobody without one', async () => {
    const [token, bob] = await Promise.all(['ada', 'bob'].map(signIn))
    // Through the example's own server, as a page comes.
    const front = { port: Number(new URL(example.url).port) }
    const socket = await joinSocket(front, `/ws/events/1?token=${token}`)
    socket.send({ type: 'ping' })
    await socket.waitFor({ type: 'pong' })
    await ask(bob!, 'POST', '/api/bookings', { eventId: 1 })
    await ask(bob!, 'DELETE', '/api/bookings/1')
    await socket.waitFor({ type: 'booking_cancelled' }, 15_000)
    const news = socket.frames.filter(({ type }) => String(type).startsWith('booking_'))
    expect(news.map(({ type, eventId }) => [type, eventId])).toEqual([
      ['booking_created', 1],
      ['booking_cancelled', 1],
    ])
    expect(Number(news[1]!.availableSeats)).toBe(Number(news[0]!.availableSeats) + 1)
    const stranger = await openSocket(front, '/ws/events/1')
    expect((await stranger.closed).code).toBe(1008)
    expect((await ask('', 'POST', '/api/bookings', { eventId: 1 })).status).toBe(401)
    expect((await ask(bob!, 'PATCH', '/api/bookable/1', { seats: 5 })).status).toBe(403)
  })
})
