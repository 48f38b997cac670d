import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { until } from '../support/until.ts'
import type { Stage } from './support.ts'

export const CALL_DEADLINE_MS = 20_000

interface Guest extends BrowserContextOptions {
  name: string
  passcode?: string
}

/** Opens a room's link as a guest who has a name ready, and presses nothing yet. */
export async function openLobby(stage: Stage, roomId: string, { name, ...options }: Guest): Promise<Page> {
  const page = await stage.newPage(options)
  await page.goto(new URL(`/rooms/${roomId}`, stage.server.url).href)
  await page.getByLabel('Your name').fill(name)
  return page
}

/** Opens a room's link and joins, by the keys alone. */
export async function joinAs(stage: Stage, roomId: string, guest: Guest): Promise<Page> {
  const page = await openLobby(stage, roomId, guest)
  if (guest.passcode !== undefined) await page.getByLabel('Passcode').fill(guest.passcode)
  await page.keyboard.press('Enter')
  await inCall(page)
  return page
}

export async function inCall(page: Page): Promise<void> {
  await page.locator('[data-call="live"]').waitFor({ timeout: CALL_DEADLINE_MS })
}

/** The tile of somebody else in the call, by their name. */
export function tileOf(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'People in the call' }).getByRole('listitem').filter({ hasText: name })
}

/** Waits until the first picture in `place` moves. */
export async function moves(place: Locator): Promise<void> {
  const video = place.locator('video').first()
  await video.waitFor({ timeout: CALL_DEADLINE_MS })
  const time = () => video.evaluate((element: HTMLVideoElement) => (element.videoWidth > 0 ? element.currentTime : 0))
  const startsAt = await until(async () => (await time()) || null, { deadlineMs: CALL_DEADLINE_MS, everyMs: 50 })
  await until(async () => (await time()) > startsAt, { deadlineMs: CALL_DEADLINE_MS, everyMs: 50 })
}

/** Waits for the page on which a call, or the way to one, ends. */
export async function endsAs(page: Page, kind: string): Promise<void> {
  await page.locator(`[data-end="${kind}"]`).waitFor({ timeout: CALL_DEADLINE_MS })
}
