import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchSilence } from './watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function start() {
  const onSuspect = vi.fn(() => 1000)
  const onSilent = vi.fn()
  const watch = watchSilence(onSuspect, onSilent)
  watch.start()
  return { watch, onSuspect, onSilent }
}

it('waits for more than two heartbeats, and for the answer to a question, when nothing comes', () => {
  const { onSuspect, onSilent } = start()
  vi.advanceTimersByTime(54_999)
  expect(onSuspect).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onSuspect).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(999)
  expect(onSilent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onSilent).toHaveBeenCalledOnce()
})

it('expects heartbeats as often as they came', () => {
  const { watch, onSilent } = start()
  for (let i = 0; i < 3; i++) {
    vi.advanceTimersByTime(2000)
    watch.heard(true)
  }
  vi.advanceTimersByTime(5399)
  expect(onSilent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onSilent).toHaveBeenCalledOnce()
})

it('is content when the other side answers', () => {
  const { watch, onSuspect, onSilent } = start()
  vi.advanceTimersByTime(55_500)
  watch.heard(false)
  vi.advanceTimersByTime(50_000)
  expect(onSuspect).toHaveBeenCalledOnce()
  expect(onSilent).not.toHaveBeenCalled()
})

it('waits twice as long the next time when not one heartbeat came', () => {
  const { watch, onSilent } = start()
  vi.advanceTimersByTime(56_000)
  watch.start()
  vi.advanceTimersByTime(110_000)
  expect(onSilent).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(1000)
  expect(onSilent).toHaveBeenCalledTimes(2)
})

it('says nothing more when it is stopped', () => {
  const { watch, onSuspect } = start()
  watch.stop()
  watch.check()
  vi.advanceTimersByTime(500_000)
  expect(onSuspect).not.toHaveBeenCalled()
})
