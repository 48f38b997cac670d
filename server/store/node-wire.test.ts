import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAssembly, toParts } from './node-wire.ts'

describe('a text on the wire', () => {
  it('is the same on the other side, in parts that fit a notification, whatever comes before it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('ş'.repeat(9000)), fc.constant(''))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const assemble = createAssembly('me')
        const payloads = texts.flatMap((each, n) => toParts(each, 'other', n))
        expect(new Set(payloads).size).toBe(payloads.length)
        for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8000)
        const arrived = payloads.map(assemble).filter((each) => each !== null)
        expect(arrived).toEqual(texts.map((each) => Buffer.from(each).toString()))
      }),
      { numRuns: 50 },
    )
  })

  it('is dropped when its end is missing, when it is one’s own, and when it is nothing of ours', () => {
    const assemble = createAssembly('me')
    const [first] = toParts('x'.repeat(9000), 'other', 1)
    expect([first!, ...toParts('next', 'other', 2)].map(assemble)).toEqual([null, 'next'])
    expect(toParts('own', 'me', 3).map(assemble)).toEqual([null])
    expect(assemble('anything')).toBeNull()
  })
})
