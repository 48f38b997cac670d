import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { type Person, untilShown, useCallStage } from '../support/call-stage.ts'
import { until } from '../support/until.ts'

const MAX_FIRST_FRAME_MS = 1000
const ROUNDS = 10

describe.skipIf(chromiumPath === null)('a call of some size', () => {
  const stage = useCallStage()

  it('brings everybody everybody’s picture when six are in it, in 360 lines', async () => {
    const { room } = await stage.openRoom()
    const people = await Promise.all(['A', 'B', 'C', 'D', 'E', 'F'].map((name) => stage.newPerson(name)))
    for (const person of people) await person.join(room.id)
    for (const person of people) await untilShown(person, ({ height }) => height === 360)
    for (const person of people) await person.sees(...people.filter((other) => other !== person))
    const [first, ...others] = people as [Person, ...Person[]]
    await first.act('leave')
    for (const person of others) await until(async () => (await person.seen()).length === 4)
    for (const person of others) await person.sees(...others.filter((other) => other !== person))
  })

  it(`shows the first picture within ${MAX_FIRST_FRAME_MS} ms of joining, in the median of ${ROUNDS}`, async () => {
    const { room } = await stage.openRoom({ maxParticipants: 20 })
    const host = await stage.newPerson('Host')
    await host.join(room.id)
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const guest = await stage.newPerson(`Guest ${round}`)
      await guest.join(room.id)
      times.push(await until(() => guest.firstFrameMs(), { deadlineMs: 20_000 }))
      await guest.act('leave')
      await until(async () => (await host.seen()).length === 0)
      await guest.close()
    }
    const sorted = times.map(Math.round).sort((a, b) => a - b)
    process.stdout.write(`first picture after joining, in ms: ${sorted.join(' ')}\n`)
    expect(sorted[ROUNDS / 2]!).toBeLessThanOrEqual(MAX_FIRST_FRAME_MS)
  })
})
