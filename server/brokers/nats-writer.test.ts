import { expect, it } from 'vitest'
import type { Append } from './broker.ts'
import { placeFirsts } from './nats-writer.ts'

it('places what is published one after the other, and leaves out what is not', () => {
  const group = [2, 3, 1].map((length) => ({ messages: Array.from({ length }), idempotent: null }) as unknown as Append)
  expect(placeFirsts(group, [true, true, true], 10)).toEqual([11, 13, 16])
  expect(placeFirsts(group, [true, false, true], 10)).toEqual([11, null, 13])
})
