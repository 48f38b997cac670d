import { expect, it } from 'vitest'
import { createLookup } from './lookup.ts'

function createSource() {
  const source = { value: { n: 1 } as { n: number } | null, loads: 0, nowMs: 0, wait: Promise.resolve() }
  const lookup = createLookup<{ n: number }>({
    now: () => source.nowMs,
    untilMs: () => source.nowMs + 10,
    async load() {
      source.loads++
      const { value } = source
      await source.wait
      return value
    },
  })
  return { source, lookup }
}

it('loads once when many ask at once, then answers without a promise', async () => {
  const { source, lookup } = createSource()
  expect(await Promise.all([lookup.get('k'), lookup.get('k')])).toEqual([{ n: 1 }, { n: 1 }])
  expect(lookup.get('k')).toEqual({ n: 1 })
  expect(source.loads).toBe(1)
})

it('loads again when the value is too old, was forgotten or was not found', async () => {
  const { source, lookup } = createSource()
  await lookup.get('k')
  source.nowMs = 10
  await lookup.get('k')
  lookup.forget('k')
  source.value = null
  expect(await lookup.get('k')).toBeNull()
  expect(await lookup.get('k')).toBeNull()
  expect(source.loads).toBe(4)
})

it('keeps nothing of a load that was under way when the key was forgotten', async () => {
  const { source, lookup } = createSource()
  let arrive = () => {}
  source.wait = new Promise((resolve) => (arrive = resolve))
  const old = lookup.get('k')
  await Promise.resolve()
  lookup.forget('k')
  arrive()
  await old
  source.value = null
  expect(await lookup.get('k')).toBeNull()
})

it('fails for all who asked when the source fails, and tries again for the next', async () => {
  const { source, lookup } = createSource()
  source.wait = Promise.reject(new Error('away'))
  const answers = await Promise.allSettled([lookup.get('k'), lookup.get('k')])
  expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected'])
  source.wait = Promise.resolve()
  expect(await lookup.get('k')).toEqual({ n: 1 })
})
