import { expect, it, vi } from 'vitest'
import type { LogRecord } from '../../../shared/api.ts'
import { createLogTail } from './log-tail.ts'

const log = (id: string) => ({ id }) as LogRecord
const now = (flush: () => void) => flush()

it('shows the newest first, and lets them wait while it is held', () => {
  const tail = createLogTail(10, now)
  tail.push(log('1'))
  tail.hold(true)
  const before = tail.view.shown
  tail.push(log('2'))
  tail.push(log('3'))
  expect(tail.view.shown).toBe(before)
  expect(tail.view.waiting).toBe(2)
  tail.hold(false)
  expect(tail.view.waiting).toBe(0)
  expect(tail.view.shown.map(({ id }) => id)).toEqual(['3', '2', '1'])
})

it('asks for the stored ones rather than grow without end', () => {
  const tail = createLogTail(3, now)
  for (const id of ['1', '2', '3', '4']) tail.push(log(id))
  expect(tail.view.overflows).toBe(1)
  expect(tail.view.shown).toEqual([])
})

it('leaves who reads in peace, and asks for the stored ones afterwards', () => {
  const tail = createLogTail(3, now)
  tail.hold(true)
  for (const id of ['1', '2', '3', '4', '5']) tail.push(log(id))
  expect(tail.view.overflows).toBe(0)
  expect(tail.view.waiting).toBe(5)
  tail.hold(false)
  expect(tail.view.overflows).toBe(1)
})

it('renders once for many that come together', () => {
  let flush = () => {}
  const tail = createLogTail(10, (later) => (flush = later))
  const listener = vi.fn()
  tail.subscribe(listener)
  for (const id of ['1', '2', '3']) tail.push(log(id))
  expect(listener).not.toHaveBeenCalled()
  flush()
  expect(listener).toHaveBeenCalledOnce()
  expect(tail.view.shown).toHaveLength(3)
})
