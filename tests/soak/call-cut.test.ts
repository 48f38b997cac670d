import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { type Person, untilShown, useCallStage } from '../support/call-stage.ts'
import { createNamespace, hasNamespaces, type Namespace } from '../support/network-namespace.ts'
import { openGate } from '../support/tcp-gate.ts'
import { until } from '../support/until.ts'

/** Within the 15 s for which the hub keeps a place. */
const CUT_MS = 10_000

const ids = async (person: Person) => (await person.shown()).id

describe.skipIf(chromiumPath === null || !hasNamespaces)('a call whose network goes away', () => {
  let network: Namespace
  const stage = useCallStage({
    network: async () => (network = await createNamespace()),
    after: () => network.close(),
  })

  it.each(['lose', 'unplug'] as const)('goes on without a reload when it is back after 10 s, by %s', async (how) => {
    const { room } = await stage.openRoom()
    const [near, far] = await Promise.all([stage.newPerson('Near'), stage.newPerson('Far', { browser: 'far' })])
    await near.join(room.id)
    await far.join(room.id)
    await Promise.all([near.sees(far), far.sees(near)])
    const id = await ids(far)
    network[how]()
    await delay(CUT_MS)
    const stale = (await near.seen())[0]!.framesDecoded
    network.restore()
    const backAt = performance.now()
    await until(async () => (await near.seen())[0]!.framesDecoded > stale, { deadlineMs: 30_000, everyMs: 50 })
    process.stdout.write(`picture again ${Math.round(performance.now() - backAt)} ms after ${how}\n`)
    await Promise.all([near.sees(far), far.sees(near)])
    await untilShown(far, ({ status }) => status === 'live')
    expect(await ids(far)).toBe(id)
  })

  it('goes on for the others alone when it stays away', async () => {
    const { room } = await stage.openRoom()
    const [near, far] = await Promise.all([stage.newPerson('Near'), stage.newPerson('Far', { browser: 'far' })])
    await near.join(room.id)
    await far.join(room.id)
    await Promise.all([near.sees(far), far.sees(near)])
    network.lose()
    const lostAt = performance.now()
    const isAlone = async () => (await near.seen()).length === 0
    await until(isAlone, { deadlineMs: 60_000, everyMs: 100, what: 'nobody is shown any more' })
    process.stdout.write(`tile gone ${Math.round(performance.now() - lostAt)} ms after lose\n`)
    network.restore()
  })
})

describe.skipIf(chromiumPath === null)('a call whose hub is out of reach for 10 s', () => {
  const stage = useCallStage()

  it('goes on meanwhile, and meets who came then when it is back', async () => {
    const gate = await openGate(stage.server.port)
    try {
      const { room } = await stage.openRoom()
      const [ada, can, eve] = await Promise.all([
        stage.newPerson('Ada'),
        stage.newPerson('Can', { hub: `http://127.0.0.1:${gate.port}` }),
        stage.newPerson('Eve'),
      ])
      await ada.join(room.id)
      await can.join(room.id)
      await can.sees(ada)
      const cutAt = performance.now()
      gate.cut()
      await untilShown(can, ({ status }) => status === 'reconnecting')
      const before = (await can.seen())[0]!.framesDecoded
      await eve.join(room.id)
      await delay(Math.max(0, CUT_MS - (performance.now() - cutAt)))
      expect((await can.seen())[0]!.framesDecoded).toBeGreaterThan(before)
      gate.open()
      await untilShown(can, ({ status }) => status === 'live')
      await Promise.all([can.sees(eve, ada), eve.sees(can)])
    } finally {
      await gate.close()
    }
  })
})
