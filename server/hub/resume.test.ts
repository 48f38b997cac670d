import { expect, it } from 'vitest'
import { certificate, planResume, type ResumePlan } from './resume.ts'

const log = { epoch: 'e', head: 100, trimmed: 40, final: true }
const from = (after: number): ResumePlan => ({ kind: 'replay', after, gap: null })
const gap = (reason: 'expired' | 'epoch' | 'invalid', id: string): ResumePlan => ({
  kind: 'replay',
  after: 40,
  gap: { reason, from: id },
})

it.each<[string, string | null, ResumePlan]>([
  ['goes live when nothing was asked for', null, { kind: 'live' }],
  ['goes live when the id is empty', '', { kind: 'live' }],
  ['reads on when the position is kept', 'e.70', from(70)],
  ['reads nothing when the position is the newest', 'e.100', from(100)],
  ['reads all that is kept when the position is the last one trimmed', 'e.40', from(40)],
  ['takes a leading zero as the same place', 'e.070', from(70)],
  ['tells a gap when the position is older than what is kept', 'e.39', gap('expired', 'e.39')],
  ['tells a gap when the position is the very beginning', 'e.0', gap('expired', 'e.0')],
  ['tells a gap when the epoch is another', 'f.70', gap('epoch', 'f.70')],
  ['tells a gap when the position is not there yet', 'e.101', gap('invalid', 'e.101')],
  ['tells a gap when the offset is no safe number', 'e.9999999999999999', gap('invalid', 'e.9999999999999999')],
  ['tells a gap when the id is no position', 'nonsense', gap('invalid', 'nonsense')],
  ['tells a gap when the offset is negative', 'e.-1', gap('invalid', 'e.-1')],
])('%s', (_name, lastEventId, plan) => {
  expect(planResume(lastEventId, log)).toEqual(plan)
})

it('reads from the newest when more is trimmed than was handed out here', () => {
  expect(planResume('e.3', { epoch: 'e', head: 5, trimmed: 6, final: true })).toMatchObject({
    after: 5,
    gap: { reason: 'expired' },
  })
})

it('certifies what follows when a gap has an end, and cuts what was asked for to a hundred characters', () => {
  expect(certificate(null, { epoch: 'e', offset: 5 })).toEqual({ status: 'complete' })
  expect(certificate({ reason: 'invalid', from: 'x'.repeat(500) }, { epoch: 'e', offset: 5 })).toEqual({
    status: 'gap',
    reason: 'invalid',
    from: 'x'.repeat(100),
    to: 'e.5',
  })
})

it.each(['e.101', 'f.70'])('asks the log itself first when the position %s is not known here', (lastEventId) => {
  expect(planResume(lastEventId, { ...log, final: false })).toEqual({ kind: 'ahead' })
})
