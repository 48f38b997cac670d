import { expect, it, vi } from 'vitest'
import type { Draft } from '../../hub/message.ts'
import { until } from '../../../tests/support/until.ts'
import { Intake } from './intake.ts'

const draft = (n: number): Draft => ({ channel: 'a', type: 'message', rest: `{"n":${n}}` })
const numbersOf = (drafts: readonly Draft[]) => drafts.map(({ rest }) => (JSON.parse(rest) as { n: number }).n)

it('publishes what comes together as one batch, in order, and resolves when it is durable', async () => {
  const batches: number[][] = []
  const intake = new Intake((drafts) => Promise.resolve(void batches.push(numbersOf(drafts))), vi.fn())
  await Promise.all([intake.add(draft(1)), intake.add(draft(2)), intake.add(draft(3))])
  await intake.add(draft(4))
  expect(batches).toEqual([[1, 2, 3], [4]])
  expect(intake.published).toBe(4)
})

it('keeps the order when a batch has to be tried again', async () => {
  const written: number[] = []
  const failures: unknown[] = []
  let fails = 3
  const publish = (drafts: readonly Draft[]) => {
    if (fails-- > 0) return Promise.reject(new Error('away'))
    written.push(...numbersOf(drafts))
    return Promise.resolve()
  }
  const intake = new Intake(publish, (error) => void failures.push(error))
  const first = intake.add(draft(1))
  await until(() => failures.length > 0, { deadlineMs: 10_000 })
  await Promise.all([first, intake.add(draft(2)), intake.add(draft(3))])
  expect(written).toEqual([1, 2, 3])
  expect(failures).toHaveLength(3)
})

it('acknowledges nothing more once it is stopped', async () => {
  const outcome = vi.fn()
  const intake = new Intake(() => Promise.reject(new Error('away')), vi.fn())
  void intake.add(draft(1)).then(outcome)
  intake.stop()
  await intake.idle()
  expect(outcome).not.toHaveBeenCalled()
  expect(intake.published).toBe(0)
})
