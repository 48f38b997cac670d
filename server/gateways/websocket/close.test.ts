import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shorten } from './close.ts'

it('fits into a close frame, between two characters, when the reason is long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (reason) => {
      const short = shorten(reason)
      expect(Buffer.byteLength(short)).toBeLessThanOrEqual(123)
      expect(Buffer.from(reason).toString().startsWith(short)).toBe(true)
    }),
  )
  expect(shorten('ş'.repeat(100))).toBe('ş'.repeat(61))
  expect(shorten('x'.repeat(123))).toBe('x'.repeat(123))
})
