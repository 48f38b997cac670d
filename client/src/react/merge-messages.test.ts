import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeMessages } from './merge-messages.ts'

const message = (n: number) => ({ id: `e.${n}`, n })
const numbers = (list: { n: number }[]) => list.map(({ n }) => n)

it('gives each message once, in the log’s order, however the pages overlap', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(50)), { maxLength: 8 }), (pages) => {
      const merged = pages.reduce<ReturnType<typeof message>[]>(
        (list, page) => mergeMessages(list, page.map(message)),
        [],
      )
      expect(numbers(merged)).toEqual([...new Set(pages.flat())].sort((a, b) => a - b))
    }),
  )
})

it('keeps ephemeral messages where they came', () => {
  const list = mergeMessages([message(1), { n: 0 } as never], [message(2), { n: 0 } as never, message(3)])
  expect(numbers(list)).toEqual([1, 0, 2, 0, 3])
})

it('puts what comes of another epoch after what was there', () => {
  expect(numbers(mergeMessages([message(7)], [{ id: 'f.1', n: 1 }]))).toEqual([7, 1])
})
