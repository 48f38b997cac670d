import { expect, it } from 'vitest'
import { Standstill } from './nats-standstill.ts'

/** Looks once a second; each look is what was read, and the newest. */
function look(...looks: [read: number, newest: number][]): boolean[] {
  const standstill = new Standstill()
  return looks.map(([read, newest], i) => standstill.look({ read, newest, nowMs: 1000 * i, limitMs: 1000 }))
}

it('notices when nothing was read between two looks that both saw more', () => {
  expect(look([5, 6], [5, 6], [5, 9])).toEqual([false, true, true])
})

it('bears with what is on its way when a look comes just after it was written, however long nothing was', () => {
  expect(look([5, 5], [5, 5], [5, 6], [6, 6], [6, 7])).toEqual([false, false, false, false, false])
})

it('bears with a reader that is behind and comes forward', () => {
  expect(look([5, 9], [6, 9], [8, 9], [9, 9], [9, 10])).toEqual([false, false, false, false, false])
})

it('does not judge by looks that come right after each other', () => {
  const standstill = new Standstill()
  const behind = { read: 5, newest: 6, limitMs: 1000 }
  expect([0, 3, 999, 1000].map((nowMs) => standstill.look({ ...behind, nowMs }))).toEqual([false, false, false, true])
})
