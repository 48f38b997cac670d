import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_BEARABLE, meshBudget } from './budget.ts'

it('sends 720 lines between two and 360 among six', () => {
  expect(meshBudget(2)).toMatchObject({ width: 1280, height: 720, frameRate: 30, senders: 2, note: 'full' })
  expect(meshBudget(6)).toMatchObject({ width: 640, height: 360, senders: 6, note: 'reduced' })
})

it('shows those who speak alone when more than six are there', () => {
  expect(meshBudget(7)).toMatchObject({ senders: 4, note: 'speakers' })
})

it('says so when there are more people than a mesh can bear', () => {
  expect(meshBudget(MAX_BEARABLE).note).toBe('speakers')
  expect(meshBudget(MAX_BEARABLE + 1).note).toBe('beyond')
})

it('costs nothing while nobody else is there', () => {
  expect(meshBudget(1)).toMatchObject({ upload: 0, download: 0 })
})

it('never sends more to each when more people come, and keeps the upload within what a home line bears', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 49 }), (people) => {
      const [now, later] = [meshBudget(people), meshBudget(people + 1)]
      expect(later.bitrate).toBeLessThanOrEqual(now.bitrate)
      expect(later.height).toBeLessThanOrEqual(now.height)
      expect(later.screenBitrate).toBeLessThanOrEqual(now.screenBitrate)
      if (people <= MAX_BEARABLE) expect(now.upload).toBeLessThanOrEqual(2_500_000)
    }),
  )
})
