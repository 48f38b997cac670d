import { describe, expect, it } from 'vitest'
import { fromLocal, toLocal } from './local-time.ts'

describe('times in a date field', () => {
  it('come back to the second when they are written and read', () => {
    expect(fromLocal(toLocal('2026-11-20T22:24:07.000Z'))).toBe('2026-11-20T22:24:07.000Z')
  })

  it.each(['', 'nonsense'])('are empty when there is none: %j', (text) => {
    expect(toLocal(text)).toBe('')
    expect(fromLocal(text)).toBeNull()
  })
})
