import { expect, it } from 'vitest'
import { endingOf } from './refusal.ts'

const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers) })

it.each([
  [204, 'kicked'],
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [400, 'rejected'],
  [404, 'rejected'],
] as const)('is final when the stream answers %i', (status, reason) => {
  expect(endingOf(answer(status))).toEqual({ kind: 'final', reason })
})

it.each([200, 408, 429, 500, 502, 503])('is only lost when the stream answers %i', (status) => {
  expect(endingOf(answer(status))).toEqual({ kind: 'lost' })
})

it('waits as told when Retry-After gives seconds', () => {
  expect(endingOf(answer(503, { 'retry-after': '12' }))).toEqual({ kind: 'lost', afterMs: 12_000 })
  expect(endingOf(answer(503, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }))).toEqual({ kind: 'lost' })
})
