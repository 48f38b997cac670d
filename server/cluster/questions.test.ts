import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Note } from '../brokers/bus.ts'
import { Questions } from './questions.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const sent: Note[] = []
  const way = { isOpen: true }
  const bus = {
    send: (note: Note) => void sent.push(note),
    isOpen: () => way.isOpen,
    listen: () => () => undefined,
    close: () => Promise.resolve(),
  }
  return { questions: new Questions(bus, 'a'), sent, way }
}

it('brings the answer of the other node', async () => {
  const { questions, sent } = setUp()
  const asked = questions.ask('b', 'count', {})
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  questions.take({ kind: 'answer', id: String(sent[0]!['id']), to: 'a', data: { count: 3 } }, 'b')
  expect(await asked).toEqual({ count: 3 })
})

it('gives up at once, and asks nothing, while the nodes do not reach each other', async () => {
  const { questions, sent, way } = setUp()
  way.isOpen = false
  await expect(questions.ask('b', 'count', {})).rejects.toMatchObject({ code: 'unavailable' })
  expect([sent, vi.getTimerCount()]).toEqual([[], 0])
})

it.each([
  [3000, undefined],
  [1000, 1000],
])('gives up after %i ms when the other node does not answer in the time of %s', async (ms, answerMs) => {
  const { questions } = setUp()
  const told = vi.fn()
  questions.ask('b', 'count', {}, answerMs).catch(told)
  await vi.advanceTimersByTimeAsync(ms - 1)
  expect(told).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(told.mock.calls[0]![0]).toMatchObject({ code: 'unavailable', message: 'the other node does not answer' })
})
