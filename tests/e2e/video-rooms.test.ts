import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Participant } from '../../shared/video.ts'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { joinAs, useStage } from './support.ts'

describe.skipIf(chromiumPath === null)('the page of video rooms', () => {
  const stage = useStage()
  const rooms = '/api/video/rooms'

  async function join(roomId: string, displayName: string) {
    const { status, body } = await api(stage.server, null).post<{ participant: Participant; token: string }>(
      `${rooms}/${roomId}/join`,
      { displayName },
    )
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const toast = (page: Page, text: string) => page.getByTestId('toast').getByText(text).waitFor()
  const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

  it('opens a room and shows its link; refuses what the hub would', async () => {
    const page = await stage.openAs('/video')
    await page.getByText('No room is open').waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'Open room' }).click()
    const form = page.getByRole('dialog', { name: 'Open a room' })
    await form.getByLabel('Name').fill('Planning')
    await form.getByLabel('Seats').fill('51')
    await form.getByText('A whole number from 2 to 50.').waitFor()
    await form.getByLabel('Seats').fill('3')
    await form.getByLabel('Own address').fill('-no')
    expect(await form.getByRole('button', { name: 'Open room' }).isDisabled()).toBe(true)
    await form.getByLabel('Own address').fill('planning')
    await form.getByRole('button', { name: 'Open room' }).click()

    const panel = page.getByRole('dialog', { name: 'Planning' })
    await panel.getByText(`${stage.server.url}/rooms/planning`).waitFor()
    await toast(page, 'Planning is open.')
    await page.getByRole('banner').getByRole('button', { name: 'Open room' }).click()
    await form.getByLabel('Name').fill('Again')
    await form.getByLabel('Own address').fill('planning')
    await form.getByRole('button', { name: 'Open room' }).click()
    await form.getByText('A room has this address already.').waitFor()
  })

  it('shows who comes, and mutes, removes, locks out and ends', async () => {
    expect((await api(stage.server).post(rooms, { roomId: 'team', name: 'Team' })).status).toBe(201)
    const page = await stage.openAs('/video?room=team')
    const panel = page.getByRole('dialog', { name: 'Team' })
    await panel.getByText('0 people').waitFor()
    const ada = await join('team', 'Ada')
    await join('team', 'Grace')
    await panel.getByText('2 people').waitFor()
    await row(page, 'Team').getByText('2 / 8').waitFor()

    const stream = await openEvents(stage.server.url, { channels: ['room/team'], token: ada.token })
    try {
      await stream.waitFor(({ body }) => body.type === 'connected')
      await panel.getByRole('button', { name: 'Mute Ada' }).click()
      const told = await stream.waitFor(({ body }) => body.muted === true)
      expect(told.body).toMatchObject({ type: 'participant_updated', participant: { id: ada.participant.id } })
      await panel.getByRole('listitem').filter({ hasText: 'Ada' }).getByText('Microphone off').waitFor()

      await panel.getByRole('button', { name: 'Remove Ada' }).click()
      const confirm = page.getByRole('dialog', { name: 'Remove this participant?' })
      await confirm.getByText('Whoever has the link can come back.').waitFor()
      await confirm.getByRole('button', { name: 'Remove' }).click()
      await stream.waitFor(({ body }) => body.type === 'participant_left' && body.reason === 'removed')
      await panel.getByText('1 person').waitFor()
    } finally {
      stream.close()
    }

    await panel.getByRole('button', { name: 'Lock Team' }).click()
    await panel.getByText('locked, nobody new').waitFor()
    const refused = await api(stage.server, null).post(`${rooms}/team/join`, { displayName: 'Late' })
    expect(refused.status).toBe(403)

    await panel.getByRole('button', { name: 'End Team' }).click()
    const ending = page.getByRole('dialog', { name: 'End this room?' })
    await ending.getByText('1 person is in it and is sent out.').waitFor()
    await ending.getByRole('button', { name: 'End room' }).click()
    await toast(page, 'Team was ended.')
    await page.getByRole('dialog', { name: 'This room is not open' }).waitFor()
    await until(async () => (await row(page, 'Team').count()) === 0)
    expect((await api(stage.server).get(`${rooms}/team`)).status).toBe(410)
  })

  it('copies the link, and offers a viewer nothing else', async () => {
    expect((await api(stage.server).post(rooms, { roomId: 'open', name: 'Open house' })).status).toBe(201)
    const page = await stage.newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
    await joinAs(stage, page, { email: 'guest@example.org', name: 'Guest', role: 'viewer' })
    await page.goto(new URL('/video', stage.server.url).href)
    await row(page, 'Open house').getByRole('button', { name: 'Copy the link to Open house' }).click()
    await toast(page, 'The invitation link was copied.')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${stage.server.url}/rooms/open`)
    for (const name of ['Open room', 'Lock', 'End']) {
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    }
  })
})
