import { describe, expect, it } from 'vitest'
import { paceAt } from './pace.ts'

/** The mean over an hour, in which the waves cancel out. */
function meanAt(hour: number): number {
  const start = new Date(2026, 10, 20, hour).getTime()
  const paces = Array.from({ length: 3600 }, (_, second) => paceAt(new Date(start + second * 1000)))
  return paces.reduce((sum, pace) => sum + pace, 0) / paces.length
}

describe('paceAt', () => {
  it('is busy in the evening and quiet at night', () => {
    expect(meanAt(20)).toBeGreaterThan(1.1)
    expect(meanAt(3)).toBeLessThan(0.5)
  })

  it('moves within minutes, and never stands still', () => {
    const start = new Date(2026, 10, 20, 20).getTime()
    const paces = Array.from({ length: 600 }, (_, second) => paceAt(new Date(start + second * 1000)))
    expect(Math.min(...paces)).toBeGreaterThan(0.2)
    expect(Math.max(...paces) / Math.min(...paces)).toBeGreaterThan(1.4)
  })
})
