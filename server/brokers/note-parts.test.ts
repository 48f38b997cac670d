import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PartReader, partsOf } from './note-parts.ts'

const text = fc.oneof(
  fc.string({ maxLength: 50 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((piece) => piece.repeat(600)),
)

it('gives each node’s notes again, whole and in order, when their parts come mixed', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 6 }),
      fc.array(text, { maxLength: 6 }),
      fc.infiniteStream(fc.boolean()),
      (a, b, coin) => {
        const queues = [
          a.flatMap((one, i) => partsOf('a', i, one)),
          b.flatMap((one, i) => partsOf('b', i, one)),
        ] as const
        const reader = new PartReader()
        const got: Record<string, string[]> = { a: [], b: [] }
        while (queues[0].length + queues[1].length > 0) {
          const first = coin.next().value === true
          const payload = (first ? (queues[0].shift() ?? queues[1].shift()) : (queues[1].shift() ?? queues[0].shift()))!
          const whole = reader.read(payload)
          if (whole) got[whole.node]!.push(whole.text)
        }
        expect(got).toEqual({ a, b })
      },
    ),
  )
})

it('makes no part of 8,000 bytes or more, and none that is no text, whatever the letters', () => {
  fc.assert(
    fc.property(text, (whole) => {
      const wellFormed = whole.replace(/[\ud800-\udfff]/gu, '')
      for (const part of partsOf('node1234-abcd', 123_456_789, wellFormed)) {
        expect(Buffer.byteLength(part)).toBeLessThan(8000)
        expect(Buffer.from(part).toString()).toBe(part)
      }
    }),
  )
})

it('drops a note of which a part is missing, and reads the next one', () => {
  const reader = new PartReader()
  const [first, , third] = partsOf('a', 1, 'x'.repeat(6000))
  expect(reader.read(first!)).toBeNull()
  expect(reader.read(third!)).toBeNull()
  expect(reader.read(partsOf('a', 2, 'next')[0]!)).toEqual({ node: 'a', text: 'next' })
})

it('takes no notice of what is no part', () => {
  expect(new PartReader().read('something else')).toBeNull()
})
