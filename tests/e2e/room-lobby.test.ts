import { describe, expect, it } from 'vitest'
import { chromiumPath, FAKE_DEVICES, launchBrowser } from '../support/browser.ts'
import { join, openRoom } from '../support/video.ts'
import { endsAs, inCall, moves, openLobby, tileOf } from './room-support.ts'
import { useStage } from './support.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

describe.skipIf(chromiumPath === null)('the way into a room', () => {
  const stage = useStage({ flags: FAKE_DEVICES })
  const address = (roomId: string) => new URL(`/rooms/${roomId}`, stage.server.url).href

  it('shows oneself mirrored and hears the microphone before anybody else does', async () => {
    const { room } = await openRoom(stage.server, { name: 'Team', passcode: 'open sesame' })
    const page = await openLobby(stage, room.id, { name: 'Ada' })
    await page.getByRole('heading', { name: 'Team' }).waitFor()
    await moves(page.getByRole('main'))
    await page.getByLabel('Microphone', { exact: true }).locator('option').nth(1).waitFor({ state: 'attached' })
    const level = page.getByTestId('level')
    await page.waitForFunction(
      (bar) => Number.parseFloat(getComputedStyle(bar).scale) > 0.2,
      await level.elementHandle(),
    )
    await page.getByRole('button', { name: 'Turn off the camera' }).click()
    await page.getByText('Your camera is off').waitFor()

    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByText('This room has a passcode').waitFor()
    await page.getByLabel('Passcode').fill('close sesame')
    await page.keyboard.press('Enter')
    await page.getByText('This is not the room’s passcode').waitFor()
    expect(await page.getByLabel('Passcode').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Passcode').fill('open sesame')
    await page.keyboard.press('Enter')
    await inCall(page)
    await page.getByRole('button', { name: 'Turn on the camera (V)' }).waitFor()
    expect(await tileOf(page, 'Ada').locator('video').count()).toBe(0)
  })

  it('lets somebody in who allowed no device, and says how to allow it', async () => {
    const { room } = await openRoom(stage.server)
    const strict = await launchBrowser(['--use-fake-device-for-media-stream'])
    try {
      const page = await (await strict.newContext({ locale: 'en-GB' })).newPage()
      await page.goto(address(room.id))
      const notice = page.getByRole('alert').filter({ hasText: 'Camera and microphone are not allowed' })
      await notice.getByText('Click the icon at the left of the address').waitFor()
      await page.getByRole('button', { name: 'Join' }).click()
      await page.getByText('Type a name').waitFor()
      await page.getByLabel('Your name').fill('Ada')
      await page.getByRole('button', { name: 'Join' }).click()
      await inCall(page)
      await page.keyboard.press('m')
      await page.getByRole('alert').filter({ hasText: 'The microphone is not allowed' }).waitFor()
    } finally {
      await strict.close()
    }
  })

  it('says so when a room is full, and lets in who tries again once there is a place', async () => {
    const { room } = await openRoom(stage.server, { maxParticipants: 2 })
    const [first] = await Promise.all([join(stage.server, room.id), join(stage.server, room.id)])
    const page = await openLobby(stage, room.id, { name: 'Ada' })
    await page.getByRole('button', { name: 'Join' }).click()
    await endsAs(page, 'full')
    await first.api.post(`/api/video/rooms/${room.id}/leave`, {})
    await page.getByRole('button', { name: 'Try again' }).click()
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada')
    await page.getByRole('button', { name: 'Join' }).click()
    await inCall(page)
  })

  it('says so when there is no such room', async () => {
    const page = await stage.newPage()
    await page.goto(address('nowhere'))
    await endsAs(page, 'not_found')
    await page.getByRole('link', { name: 'Join another room' }).click()
    await page.getByLabel('Link or id').fill('two words')
    await page.getByRole('button', { name: 'Go to the room' }).click()
    await page.getByText('This is no link and no id of a room.').waitFor()
    await page.getByLabel('Name').fill('Mine')
    await page.getByRole('button', { name: 'Open the room' }).click()
    await page.getByText('Only people who are signed in may open rooms here.').waitFor()
  })

  it('fits a phone, with what the bar has no room for in its last menu', async () => {
    const { room } = await openRoom(stage.server)
    const page = await openLobby(stage, room.id, { name: 'Ada', ...PHONE })
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: 'Join' }).tap()
    await inCall(page)
    expect(await overflow()).toBeLessThanOrEqual(0)
    for (const button of await page.getByRole('contentinfo', { name: 'Call controls' }).getByRole('button').all()) {
      if (!(await button.isVisible())) continue
      const box = await button.boundingBox()
      expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44)
    }
    await page.getByRole('button', { name: 'More' }).tap()
    await page.getByRole('button', { name: 'People' }).tap()
    const panel = page.getByRole('complementary', { name: 'People' })
    expect((await panel.boundingBox())!.width).toBe(PHONE.viewport.width)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('speaks Turkish when the browser does, and English when asked to', async () => {
    const page = await stage.newPage({ locale: 'tr-TR' })
    const { room } = await openRoom(stage.server)
    await page.goto(address(room.id))
    await page.getByText('Katılmadan önce kimse seni görmez ve duymaz.').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('tr')
    await page.getByRole('button', { name: 'Dil: TR' }).click()
    await page.getByText('Nobody sees or hears you before you join.').waitFor()
  })
})
