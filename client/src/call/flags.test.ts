import { expect, it } from 'vitest'
import { createFlagReporter } from './flags.ts'
import type { Flags } from './room-api.ts'

/** A hub that answers when the test says so. */
function makeHub() {
  const asked: Flags[] = []
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = []
  const update = (flags: Flags) => {
    asked.push(flags)
    return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }))
  }
  return { asked, answers, update }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

it('tells only what differs', async () => {
  const { asked, update } = makeHub()
  createFlagReporter({ microphone: true, camera: false }, update).report({ microphone: true, camera: true })
  await settle()
  expect(asked).toEqual([{ camera: true }])
})

it('ends with the last word when it changes while the hub is asked', async () => {
  const { asked, answers, update } = makeHub()
  const flags = createFlagReporter({ camera: false }, update)
  flags.report({ camera: true })
  flags.report({ camera: false })
  flags.report({ camera: true })
  flags.report({ camera: false })
  answers[0]!.resolve()
  await settle()
  expect(asked).toEqual([{ camera: true }, { camera: false }])
})

it('tells it again when it is asked to after a failure', async () => {
  const { asked, answers, update } = makeHub()
  const flags = createFlagReporter({ camera: false }, update)
  flags.report({ camera: true })
  answers[0]!.reject(new Error('away'))
  await settle()
  expect(asked).toHaveLength(1)
  flags.retry()
  await settle()
  expect(asked).toEqual([{ camera: true }, { camera: true }])
})

it('does not contradict the hub when that has changed one itself', async () => {
  const { asked, update } = makeHub()
  const flags = createFlagReporter({ microphone: true }, update)
  flags.adopt({ microphone: false })
  flags.report({ microphone: false })
  await settle()
  expect(asked).toEqual([])
})
