import { expect, it, vi } from 'vitest'
import { YayinError } from '../../shared/errors.ts'
import type { KeptAnswer } from '../brokers/broker.ts'
import { IDEMPOTENCY_TTL_MS, IdempotentAnswers, receiptsOf } from './idempotency.ts'

const NOW = 1_700_000_000_000
const receipt = (id: string) => ({ id, channel: 'a', timestamp: '2026-01-01T00:00:00.000Z', recipients: 1 })
const nothingKept = () => Promise.resolve(null)
const kept: KeptAnswer = {
  answer: '[{"channel":"a","timestamp":"t","recipients":2},{"channel":"b","timestamp":"t","recipients":0}]',
  first: { epoch: 'e', offset: 9 },
  atMs: NOW,
}
const refusal = () => Promise.reject(new YayinError('unavailable', 'the log could not be written'))

it('publishes once and gives the same answer when a key comes again, even while the first is under way', async () => {
  const answers = new IdempotentAnswers(nothingKept)
  const publish = vi.fn(async () => [receipt('e.1')])
  const first = answers.once('k', NOW, publish)
  expect(await answers.once('k', NOW, publish)).toBe(await first)
  expect(await answers.once('k', NOW + IDEMPOTENCY_TTL_MS - 1, publish)).toEqual([receipt('e.1')])
  expect(publish).toHaveBeenCalledOnce()
})

it('publishes anew when the key is another or its time is over', async () => {
  const answers = new IdempotentAnswers(nothingKept)
  let n = 0
  const publish = async () => [receipt(`e.${++n}`)]
  await answers.once('k', NOW, publish)
  expect(await answers.once('other', NOW, publish)).toEqual([receipt('e.2')])
  expect(await answers.once('k', NOW + IDEMPOTENCY_TTL_MS, publish)).toEqual([receipt('e.3')])
})

it('gives the answer of before a restart until its time is over', async () => {
  const answers = new IdempotentAnswers(nothingKept)
  answers.restore('k', [receipt('e.1')], NOW - 1000)
  const publish = async () => [receipt('e.2')]
  expect(await answers.once('k', NOW, publish)).toEqual([receipt('e.1')])
  expect(await answers.once('k', NOW - 1000 + IDEMPOTENCY_TTL_MS, publish)).toEqual([receipt('e.2')])
})

it('publishes when the first try failed and left nothing in the log', async () => {
  const recall = vi.fn(nothingKept)
  const answers = new IdempotentAnswers(recall)
  await expect(answers.once('k', NOW, refusal)).rejects.toMatchObject({ code: 'unavailable' })
  expect(await answers.once('k', NOW, async () => [receipt('e.1')])).toEqual([receipt('e.1')])
  expect(recall.mock.calls).toEqual([['k']])
})

it('gives the kept answer and publishes nothing when the first try failed but came into the log', async () => {
  const answers = new IdempotentAnswers(() => Promise.resolve(kept))
  await expect(answers.once('k', NOW, refusal)).rejects.toThrow('could not be written')
  const publish = vi.fn(async () => [receipt('e.1')])
  const given = await answers.once('k', NOW + 1000, publish)
  expect(given.map(({ id, recipients }) => [id, recipients])).toEqual([
    ['e.9', 2],
    ['e.10', 0],
  ])
  expect(await answers.once('k', NOW + 2000, publish)).toBe(given)
  expect(publish).not.toHaveBeenCalled()
})

it('publishes anew when what was kept is too old', async () => {
  const answers = new IdempotentAnswers(() => Promise.resolve({ ...kept, atMs: NOW - IDEMPOTENCY_TTL_MS }))
  await expect(answers.once('k', NOW, refusal)).rejects.toThrow('could not be written')
  expect(await answers.once('k', NOW, async () => [receipt('e.1')])).toEqual([receipt('e.1')])
})

it('refuses with unavailable, publishing nothing, while it cannot be told what became of the first try', async () => {
  let away = true
  const answers = new IdempotentAnswers(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(kept)))
  const publish = vi.fn(async () => [receipt('e.1')])
  await expect(answers.once('k', NOW, refusal)).rejects.toThrow('could not be written')
  await expect(answers.once('k', NOW, publish)).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
  away = false
  expect(await answers.once('k', NOW, publish)).toEqual(receiptsOf(kept))
  expect(publish).not.toHaveBeenCalled()
})
