import { describe, expect, it } from 'vitest'
import { chromiumPath, FAKE_DEVICES } from '../support/browser.ts'
import { openRoom } from '../support/video.ts'
import { CALL_DEADLINE_MS, endsAs, inCall, joinAs, moves, tileOf } from './room-support.ts'
import { useStage } from './support.ts'

const SCREEN = '--auto-select-desktop-capture-source=Entire screen'

/** Three pages with pictures want a good part of a slow machine. */
const TEST_TIMEOUT_MS = 120_000

describe.skipIf(chromiumPath === null)('a call', { timeout: TEST_TIMEOUT_MS }, () => {
  const stage = useStage({ flags: [...FAKE_DEVICES, SCREEN] })

  it('brings two together who open a link, and shows each what the other does', async () => {
    const host = await stage.openAs('/')
    await host.goto(new URL('/rooms', stage.server.url).href)
    await host.getByRole('link', { name: 'Dashboard' }).waitFor()
    await host.getByText('No room is open').waitFor()
    await host.getByLabel('Name').fill('Weekly planning')
    await host.getByRole('button', { name: 'Open the room' }).click()
    const opened = host.getByRole('dialog', { name: 'The room is open' })
    const link = await opened.getByRole('textbox', { name: 'Link' }).inputValue()
    await opened.getByRole('button', { name: 'Go to the room' }).click()
    await host.getByLabel('Your name').fill('Ada')
    await host.getByRole('button', { name: 'Join' }).click()
    await inCall(host)
    await host.getByText('You are the only one here').waitFor()

    const roomId = new URL(link).pathname.split('/').at(-1)!
    const guest = await joinAs(stage, roomId, { name: 'Bob' })
    await Promise.all([moves(tileOf(host, 'Bob')), moves(tileOf(guest, 'Ada'))])
    await host.getByTestId('notes').getByText('Bob joined').waitFor()
    await tileOf(guest, 'Ada').getByRole('img', { name: 'Host' }).waitFor()

    await guest.keyboard.press('m')
    await tileOf(host, 'Bob').getByRole('img', { name: 'Muted' }).waitFor()
    await guest.keyboard.press('h')
    await tileOf(host, 'Bob').getByRole('img', { name: 'Hand raised' }).waitFor()
    await host.getByTestId('notes').getByText('Bob raised a hand').waitFor()
    await guest.keyboard.press('v')
    await tileOf(host, 'Bob').locator('video').waitFor({ state: 'detached' })
    await guest.keyboard.press('v')
    await moves(tileOf(host, 'Bob'))

    await guest.getByRole('button', { name: 'Chat' }).click()
    await guest.keyboard.type('Good morning. M, V, S and H are letters here: https://example.org/agenda')
    await guest.keyboard.press('Enter')
    await host.getByRole('button', { name: 'Chat, 1 unread' }).click()
    const line = host.getByRole('log', { name: 'Messages' })
    expect(await line.getByRole('link').getAttribute('href')).toBe('https://example.org/agenda')
    expect(await guest.getByRole('button', { name: 'Unmute (M)' }).count()).toBe(1)

    const late = await joinAs(stage, roomId, { name: 'Cem' })
    await late.getByRole('button', { name: 'Chat', exact: true }).click()
    await late.getByRole('log', { name: 'Messages' }).getByText('Good morning.').waitFor()

    await guest.getByRole('button', { name: 'Leave the call' }).click()
    await endsAs(guest, 'left')
    await tileOf(host, 'Bob').waitFor({ state: 'detached' })
    await late.getByTestId('notes').getByText('Bob left').waitFor()
  })

  it('shows a shared screen large, beside the camera of who shares it', async () => {
    const { room } = await openRoom(stage.server)
    const ada = await joinAs(stage, room.id, { name: 'Ada' })
    const bob = await joinAs(stage, room.id, { name: 'Bob' })
    await bob.getByRole('button', { name: 'Share your screen (S)' }).click()
    await bob.getByRole('heading', { name: 'You share your screen' }).waitFor()
    const screen = ada.getByTestId('shared-screen')
    await screen.getByText('Bob shares their screen').waitFor({ timeout: CALL_DEADLINE_MS })
    await Promise.all([moves(screen), moves(tileOf(ada, 'Bob'))])
    const [large, small] = await Promise.all([screen.boundingBox(), tileOf(ada, 'Bob').boundingBox()])
    expect(large!.width).toBeGreaterThan(2 * small!.width)
    await bob.keyboard.press('s')
    await screen.waitFor({ state: 'detached' })
    await moves(tileOf(ada, 'Bob'))
  })

  it('lets the host mute, lock, remove and end, and nobody else', async () => {
    const { room, hostToken } = await openRoom(stage.server)
    const host = await stage.newPage()
    await host.addInitScript(
      ([key, token]) => localStorage.setItem(key!, token!),
      [`yayin:room-host:${room.id}`, hostToken],
    )
    await host.goto(new URL(`/rooms/${room.id}`, stage.server.url).href)
    await host.getByLabel('Your name').fill('Ada')
    await host.getByRole('button', { name: 'Join' }).click()
    await inCall(host)
    const [bob, cem] = await Promise.all([
      joinAs(stage, room.id, { name: 'Bob' }),
      joinAs(stage, room.id, { name: 'Cem' }),
    ])
    await bob.getByRole('button', { name: 'People' }).click()
    expect(await bob.getByRole('button', { name: /^(Mute|Remove) (Ada|Cem)/ }).count()).toBe(0)

    await host.getByRole('button', { name: 'People' }).click()
    await host.getByRole('button', { name: 'Mute Bob' }).click()
    await bob.getByRole('button', { name: 'Unmute (M)' }).waitFor()
    await bob.getByTestId('notes').getByText('The host muted you').waitFor()

    await host.getByRole('button', { name: 'Remove Bob' }).click()
    await host.getByRole('dialog', { name: 'Remove Bob?' }).getByRole('button', { name: 'Remove' }).click()
    await endsAs(bob, 'removed')
    await tileOf(host, 'Bob').waitFor({ state: 'detached' })

    await host.getByRole('button', { name: 'Lock the room' }).click()
    await cem.getByTestId('notes').getByText('The room was locked').waitFor()
    const dora = await stage.newPage()
    await dora.goto(new URL(`/rooms/${room.id}`, stage.server.url).href)
    await dora.getByLabel('Your name').fill('Dora')
    await dora.getByRole('button', { name: 'Join' }).click()
    await endsAs(dora, 'locked')

    await host.getByRole('button', { name: 'More' }).click()
    await host.getByRole('button', { name: 'End for everybody' }).click()
    await host.getByRole('dialog').getByRole('button', { name: 'End for everybody' }).click()
    await Promise.all([endsAs(host, 'ended'), endsAs(cem, 'ended')])
    await dora.getByRole('button', { name: 'Try again' }).click()
    await endsAs(dora, 'closed')
  })

  it('says that the hub is away, goes on meanwhile, and says when it is back', async () => {
    const { room } = await openRoom(stage.server)
    const page = await joinAs(stage, room.id, { name: 'Ada' })
    stage.server.kill('SIGKILL')
    const banner = page.getByRole('alert').filter({ hasText: 'The connection to the hub was lost' })
    await banner.waitFor({ timeout: CALL_DEADLINE_MS })
    await stage.server.restart()
    await page.getByRole('button', { name: 'Try now' }).click()
    await inCall(page)
    await banner.waitFor({ state: 'detached' })
    await page.getByTestId('notes').getByText('The connection is back').waitFor()
  })
})
