import { expect, it } from 'vitest'
import type { DrainPhase } from './drain.ts'
import { createReadiness } from './readiness.ts'

function at(state: 'starting' | 'running' | 'draining', phase: DrainPhase) {
  const readiness = createReadiness({ phase })
  readiness.state = state
  const { refusal, streamRefusal, isLeaving } = readiness
  return [refusal()?.code ?? null, streamRefusal()?.code ?? null, isLeaving()]
}

it.each([
  ['starting', 'serving', ['unavailable', 'unavailable', true]],
  ['running', 'serving', [null, null, false]],
  ['running', 'leaving', [null, null, true]],
  ['running', 'moving', [null, 'shutting_down', true]],
  ['draining', 'moving', ['shutting_down', 'shutting_down', true]],
] as const)('refuses what it should when it is %s and its drainer %s', (state, phase, answers) => {
  expect(at(state, phase)).toEqual(answers)
})
