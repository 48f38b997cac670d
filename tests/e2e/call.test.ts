import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { type Person, untilShown, useCallStage } from '../support/call-stage.ts'
import { firefoxPath } from '../support/firefox.ts'
import { startTurnServer, type TurnServer, turnServerPath } from '../support/turn-server.ts'
import { until } from '../support/until.ts'
import { join } from '../support/video.ts'

describe.skipIf(chromiumPath === null)('a call', () => {
  let turn: TurnServer | null = null
  const stage = useCallStage({
    browsers: firefoxPath === null ? ['chromium'] : ['chromium', 'firefox'],
    // Shares the tab itself, without asking.
    flags: ['--auto-accept-this-tab-capture'],
    async env() {
      if (turnServerPath === null) return {}
      turn = await startTurnServer()
      return { TURN_URLS: turn.url, TURN_SECRET: turn.secret }
    },
    after: async () => turn?.stop(),
  })

  /** Opens a room in which everybody is, one after the other; the first one is its host. */
  async function meet(...people: Promise<Person>[]): Promise<{ roomId: string; people: Person[] }> {
    const { room, hostToken } = await stage.openRoom()
    const here = await Promise.all(people)
    for (const [at, person] of here.entries()) await person.join(room.id, at === 0 ? { hostToken } : {})
    return { roomId: room.id, people: here }
  }

  const meetTwo = async () => {
    const { roomId, people } = await meet(stage.newPerson('Ada'), stage.newPerson('Can'))
    return { roomId, ada: people[0]!, can: people[1]! }
  }

  it.skipIf(firefoxPath === null)('brings each the other’s picture when Chromium meets Firefox', async () => {
    const { people } = await meet(stage.newPerson('Ada'), stage.newPerson('Can', { browser: 'firefox' }))
    const [ada, can] = people as [Person, Person]
    await Promise.all([ada.sees(can), can.sees(ada)])
  })

  it('brings everybody everybody’s picture when three come at once, smaller than between two', async () => {
    const { room } = await stage.openRoom()
    const people = await Promise.all(['Ada', 'Can', 'Eve'].map((name) => stage.newPerson(name)))
    await Promise.all(people.map((person) => person.join(room.id)))
    await Promise.all(people.map((person) => person.sees(...people.filter((other) => other !== person))))
    for (const person of people) await untilShown(person, ({ height }) => height === 540)
  })

  it.skipIf(turnServerPath === null)('goes by way of a TURN server when nothing else is allowed', async () => {
    const { room } = await stage.openRoom()
    const [ada, can] = await Promise.all([stage.newPerson('Ada'), stage.newPerson('Can')])
    await ada.join(room.id, { route: 'relay' })
    await can.join(room.id, { route: 'relay' })
    await Promise.all([ada.sees(can), can.sees(ada)])
    await until(async () => (await ada.seen())[0]!.route === 'relay', { deadlineMs: 20_000 })
    expect(turn!.logs()).toMatch(/ALLOCATE processed, success/)
  })

  it('puts out whom the host removes, for good', async () => {
    const { roomId, ada, can } = await meetTwo()
    await can.sees(ada)
    const token = await can.token()
    await ada.act('remove', 'Can')
    await untilShown(can, ({ ended }) => ended === 'removed')
    expect(await can.lights()).toBe(0)
    await until(async () => (await ada.seen()).length === 0)
    const asCan = api(stage.server, token)
    expect((await asCan.get('/api/events')).status).toBe(403)
    const again = await asCan.post(`/api/video/rooms/${roomId}/join`, { displayName: 'Can' })
    expect(again).toMatchObject({ status: 403, body: { code: 'not_in_room' } })
  })

  it('shows a shared screen beside the camera, and takes nothing in when all is over', async () => {
    const { ada, can } = await meetTwo()
    await ada.act('share')
    await until(async () => (await can.seen())[0]!.screenFrames > 0, { deadlineMs: 20_000 })
    await can.sees(ada)
    await ada.act('stopSharing')
    await until(async () => !(await can.seen())[0]!.screen, { deadlineMs: 20_000 })
    expect(await ada.lights()).toBe(2)
    await ada.act('leave')
    expect(await ada.lights()).toBe(0)
    await until(async () => (await can.seen()).length === 0)
  })

  it('silences whom the host mutes, and lets them speak again', async () => {
    const { ada, can } = await meetTwo()
    await until(async () => (await ada.seen()).length === 1)
    await ada.act('mute', 'Can')
    await untilShown(can, ({ microphone }) => !microphone)
    await until(async () => !(await ada.seen())[0]!.microphone)
    await can.act('microphone', true)
    await until(async () => (await ada.seen())[0]!.microphone)
  })

  it('leaves when its page goes away, and what it said stays under its name for who comes later', async () => {
    const { roomId, ada, can } = await meetTwo()
    await ada.act('say', 'first')
    await can.act('say', 'second')
    // Long before the hub would miss it.
    await can.goAway()
    await until(async () => (await ada.seen()).length === 0, { deadlineMs: 8000 })
    const eve = await stage.newPerson('Eve')
    await eve.join(roomId)
    await untilShown(eve, ({ chat }) => chat.join() === 'Ada: first,Can: second')
    await ada.act('say', 'third')
    await untilShown(eve, ({ chat }) => chat.at(-1) === 'Ada: third')
  })

  it('turns one away when the room is full, and says why', async () => {
    const { room } = await stage.openRoom({ maxParticipants: 2 })
    await Promise.all([join(stage.server, room.id), join(stage.server, room.id)])
    const late = await stage.newPerson('Late')
    await expect(late.join(room.id)).rejects.toThrow('full')
    expect(await late.lights()).toBe(2)
  })
})
