import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { firstAnswer } from './first-answer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An end of one question: what it is answered with, or refused, or fails with, after so many milliseconds. */
type End = [kind: 'answer' | 'refusal' | 'failure', afterMs: number]

/** Asks for ten seconds, again after one without an answer; later questions are never answered. */
async function ask(...ends: End[]) {
  const askedAtMs: number[] = []
  const startMs = performance.now()
  const nowMs = () => performance.now() - startMs
  const outcome = firstAnswer<string>({
    ask: (timeoutMs) => {
      const n = askedAtMs.push(nowMs())
      const [kind, afterMs] = ends[n - 1] ?? ['failure', timeoutMs]
      return new Promise((resolve, reject) => {
        setTimeout(() => (kind === 'answer' ? resolve(`answer ${n}`) : reject(new Error(`${kind} ${n}`))), afterMs)
      })
    },
    isRefusal: (error) => String(error).includes('refusal'),
    tryMs: 1000,
    pauseMs: 50,
    deadlineMs: startMs + 10_000,
  }).then(
    (answer) => ({ end: answer, atMs: nowMs() }),
    (error: Error) => ({ end: error.message, atMs: nowMs() }),
  )
  await vi.advanceTimersByTimeAsync(30_000)
  return { ...(await outcome), askedAtMs }
}

it('asks once when that is answered soon', async () => {
  expect(await ask(['answer', 900])).toEqual({ end: 'answer 1', atMs: 900, askedAtMs: [0] })
})

it('takes the first answer there is, to whichever question', async () => {
  expect(await ask(['answer', 2500])).toMatchObject({ end: 'answer 1', atMs: 2500, askedAtMs: [0, 1000, 2000] })
  expect(await ask(['answer', 2500], ['answer', 100])).toMatchObject({ end: 'answer 2', atMs: 1100 })
})

it('asks again soon after a failure, and at once no more after a refusal', async () => {
  const { end, askedAtMs } = await ask(['failure', 10], ['failure', 10], ['refusal', 10])
  expect({ end, askedAtMs }).toEqual({ end: 'refusal 3', askedAtMs: [0, 60, 120] })
})

it('gives up with the last failure after the deadline', async () => {
  const { end, atMs, askedAtMs } = await ask()
  expect([end, atMs]).toEqual(['failure 1', 11_000])
  expect(askedAtMs).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000])
})
