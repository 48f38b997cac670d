import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('createRandom', () => {
  it('repeats itself when the seed is the same, and not when it is another', () => {
    const row = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 20 }, () => random.between(0, 1000))
    }
    expect(row(7)).toEqual(row(7))
    expect(row(7)).not.toEqual(row(8))
  })

  it('stays within its bounds, and comes to both', () => {
    const random = createRandom(1)
    const seen = new Set(Array.from({ length: 500 }, () => random.between(2, 4)))
    expect(seen).toEqual(new Set([2, 3, 4]))
  })

  it('waits as long as asked on average', () => {
    const random = createRandom(3)
    const waits = Array.from({ length: 5000 }, () => random.wait(100))
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
    expect(mean).toBeGreaterThan(90)
    expect(mean).toBeLessThan(110)
  })
})
