import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, FAKE_DEVICES } from '../support/browser.ts'
import { api } from '../support/api.ts'
import { join, openRoom } from '../support/video.ts'
import { findBarriers } from '../e2e/axe.ts'
import { endsAs, joinAs, moves, openLobby, tileOf } from '../e2e/room-support.ts'
import { useStage } from '../e2e/support.ts'

describe.skipIf(chromiumPath === null)('accessibility of rooms', () => {
  const stage = useStage({ flags: FAKE_DEVICES })
  const found: string[] = []

  /** Looks at a page in both of the rooms' looks. */
  async function look(page: Page, where: string) {
    for (const [theme, which] of [
      ['light', 'colours'],
      ['dark', 'all'],
    ] as const) {
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))))
      found.push(...(await findBarriers(page, which)).map((fault) => `${where}, ${theme}: ${fault}`))
    }
  }

  it('finds no fault in the rooms, the lobby and its errors', async () => {
    const { room } = await openRoom(stage.server, { passcode: 'sesame' })
    const page = await openLobby(stage, room.id, { name: 'Ada' })
    await moves(page.getByRole('main'))
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByText('This room has a passcode').waitFor()
    await look(page, 'lobby')
    await page.getByRole('link', { name: 'Rooms' }).click()
    await page.getByText('More options').click()
    await page.getByRole('button', { name: 'Open the room' }).click()
    await look(page, 'rooms')
    expect(found.splice(0)).toEqual([])
  })

  it('finds no fault in a call, its panels and its dialogs', async () => {
    const { room } = await openRoom(stage.server)
    const host = await joinAs(stage, room.id, { name: 'Ada' })
    await joinAs(stage, room.id, { name: 'Bob' })
    await moves(tileOf(host, 'Bob'))
    await host.keyboard.press('h')
    await look(host, 'call')
    await host.getByRole('button', { name: 'Chat' }).click()
    await host.keyboard.type('Good morning')
    await host.keyboard.press('Enter')
    await host.getByRole('log', { name: 'Messages' }).getByText('Good morning').waitFor()
    await look(host, 'chat')
    await host.getByRole('button', { name: 'People' }).click()
    await look(host, 'people')
    await host.getByRole('button', { name: /^Connection to Bob/ }).click()
    await look(host, 'connection')
    await host.getByRole('button', { name: 'More' }).click()
    await look(host, 'menu')
    await host.getByRole('button', { name: 'Settings' }).click()
    await look(host, 'settings')
    expect(found.splice(0)).toEqual([])
  })

  it('finds no fault in the pages on which calls end', async () => {
    const { room } = await openRoom(stage.server, { maxParticipants: 2 })
    await Promise.all([join(stage.server, room.id), join(stage.server, room.id)])
    const page = await openLobby(stage, room.id, { name: 'Ada' })
    await page.getByRole('button', { name: 'Join' }).click()
    await endsAs(page, 'full')
    await look(page, 'full')
    await api(stage.server).delete(`/api/video/rooms/${room.id}`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await endsAs(page, 'closed')
    await look(page, 'closed')
    expect(found.splice(0)).toEqual([])
  })
})
