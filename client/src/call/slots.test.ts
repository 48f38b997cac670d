import { expect, it } from 'vitest'
import { matchLines } from './slots.ts'

const line = (kind: string, name: string) => ({ name, receiver: { track: { kind } } })
const namesOf = (lines: ReturnType<typeof matchLines<ReturnType<typeof line>>>) =>
  Object.fromEntries(Object.entries(lines).map(([slot, { name }]) => [slot, name]))

it('finds each purpose by the order of its kind', () => {
  const lines = matchLines([line('audio', 'a1'), line('video', 'v1'), line('video', 'v2'), line('audio', 'a2')])
  expect(namesOf(lines)).toEqual({ voice: 'a1', camera: 'v1', screen: 'v2', screenSound: 'a2' })
})

it('leaves out what another program does not offer', () => {
  expect(namesOf(matchLines([line('video', 'v1'), line('audio', 'a1')]))).toEqual({ voice: 'a1', camera: 'v1' })
  expect(namesOf(matchLines([]))).toEqual({})
})
