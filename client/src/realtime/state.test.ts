import { expect, it } from 'vitest'
import { afterEnding } from './state.ts'

const at = { failures: 0, maxAttempts: 5, now: 1000, waitMs: (attempt: number) => attempt * 100 }

it('retries after the back-off when the connection is lost', () => {
  expect(afterEnding({ kind: 'lost' }, { ...at, failures: 2 })).toEqual({
    status: 'retrying',
    attempt: 3,
    retryAt: 1300,
  })
})

it('waits as long as the server asks when it names a time', () => {
  expect(afterEnding({ kind: 'lost', afterMs: 7000 }, at)).toEqual({ status: 'retrying', attempt: 1, retryAt: 8000 })
})

it('stops when the last attempt allowed has failed', () => {
  expect(afterEnding({ kind: 'lost' }, { ...at, failures: 4 })).toMatchObject({ status: 'retrying', attempt: 5 })
  expect(afterEnding({ kind: 'lost' }, { ...at, failures: 5 })).toEqual({ status: 'stopped', reason: 'attempts' })
})

it('stops with the reason when coming again would not help', () => {
  expect(afterEnding({ kind: 'final', reason: 'kicked' }, at)).toEqual({ status: 'stopped', reason: 'kicked' })
})
