import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createOutbox, type Posted } from './outbox.ts'

const offer = (sdp: string) => ({ kind: 'offer' as const, sdp })

/** An outbox whose hub answers as told, then takes everything. */
function make(...answers: Posted[]) {
  const posted: unknown[] = []
  const outbox = createOutbox(async (signal) => {
    posted.push((signal as { sdp: string }).sdp)
    return answers.shift() ?? 'sent'
  })
  return { outbox, posted }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('holds everything back until it is opened, and makes each when its turn comes', async () => {
  const { outbox, posted } = make()
  let text = 'early'
  outbox.add(() => offer(text))
  outbox.add(() => null)
  outbox.add(() => offer('second'))
  text = 'late'
  expect(posted).toEqual([])
  outbox.setOpen(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(posted).toEqual(['late', 'second'])
})

it('sends the same one again, and nothing before it, when the hub does not answer', async () => {
  const { outbox, posted } = make('again', 'again')
  outbox.setOpen(true)
  outbox.add(() => offer('1'))
  outbox.add(() => offer('2'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(posted).toEqual(['1', '1', '1', '2'])
})

it('drops what waits when the other is gone', async () => {
  const { outbox, posted } = make('refused')
  outbox.add(() => offer('1'))
  outbox.add(() => offer('2'))
  outbox.setOpen(true)
  await vi.advanceTimersByTimeAsync(10_000)
  outbox.add(() => offer('3'))
  await vi.advanceTimersByTimeAsync(0)
  expect(posted).toEqual(['1', '3'])
})

it('sends nothing more when it is closed', async () => {
  const { outbox, posted } = make('again')
  outbox.setOpen(true)
  outbox.add(() => offer('1'))
  await vi.advanceTimersByTimeAsync(0)
  outbox.close()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(posted).toEqual(['1'])
})
