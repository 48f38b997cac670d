import { expect, it } from 'vitest'
import { newMessage, turn } from '../../tests/support/hub.ts'
import type { Append } from './broker.ts'
import { GroupCommit, type Waiting } from './group-commit.ts'

const append = (...numbers: number[]): Append => ({
  messages: numbers.map((n) => newMessage('a', n)),
  idempotent: null,
})
const sized = (count: number, characters: number): Append => ({
  messages: Array.from({ length: count }, () => ({ ...newMessage('a', 0), body: 'x'.repeat(characters) })),
  idempotent: null,
})

/** Commits that stand still until `finish` lets the running one succeed. */
function heldCommits() {
  const groups: (readonly Waiting[])[] = []
  let offset = 0
  let release: () => void = () => undefined
  const commits = new GroupCommit(async (group) => {
    groups.push(group)
    await new Promise<void>((resolve) => (release = resolve))
    for (const { messages, resolve } of group) {
      resolve(offset + 1)
      offset += messages.length
    }
  })
  const finish = async () => {
    release()
    // The next group is taken a turn or two later.
    for (let i = 0; i < 4; i++) await turn()
  }
  return { commits, groups, finish }
}

it('puts the appends of one turn into one commit, in the order they came', async () => {
  const { commits, groups, finish } = heldCommits()
  const answers = [commits.add(append(1, 2)), commits.add(append(3)), commits.add(append(4))]
  await turn()
  expect(groups.map((group) => group.map(({ messages }) => messages.length))).toEqual([[2, 1, 1]])
  await finish()
  expect(await Promise.all(answers)).toEqual([1, 3, 4])
})

it('puts what comes while a commit runs into the next one, and runs one at a time', async () => {
  const { commits, groups, finish } = heldCommits()
  const first = commits.add(append(1))
  await turn()
  const later = [commits.add(append(2)), commits.add(append(3))]
  await turn()
  expect(groups.length).toBe(1)
  await finish()
  expect(groups.map((group) => group.length)).toEqual([1, 2])
  await finish()
  expect(await Promise.all([first, ...later])).toEqual([1, 2, 3])
})

it('parts a group where it would hold more than 1024 messages, but never an append', async () => {
  const { commits, groups, finish } = heldCommits()
  for (const count of [1000, 24, 1, 1000, 2000, 1]) void commits.add(sized(count, 1))
  await turn()
  for (let i = 0; i < 5; i++) await finish()
  const sizes = groups.map((group) => group.map(({ messages }) => messages.length))
  expect(sizes).toEqual([[1000, 24], [1, 1000], [2000], [1]])
})

it('parts a group where it would hold more than 4 Mi characters', async () => {
  const { commits, groups, finish } = heldCommits()
  for (const megabytes of [2, 2, 1, 9, 1]) void commits.add(sized(1, megabytes * 1024 * 1024))
  await turn()
  for (let i = 0; i < 5; i++) await finish()
  expect(groups.map((group) => group.length)).toEqual([2, 1, 1, 1])
})

it('refuses with unavailable when 100,000 messages wait, and takes more once they are written', async () => {
  const { commits, finish } = heldCommits()
  void commits.add(append(0))
  await turn()
  for (let i = 0; i < 100; i++) void commits.add(sized(1000, 1))
  await expect(commits.add(append(1))).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
  await finish()
  const taken = commits.add(append(2))
  for (let i = 0; i < 101; i++) await finish()
  expect(await taken).toBe(100_002)
})

it('refuses with unavailable when 128 Mi characters wait', async () => {
  const { commits } = heldCommits()
  void commits.add(append(0))
  await turn()
  const large = sized(1, 64 * 1024 * 1024)
  void commits.add(large)
  void commits.add(large)
  await expect(commits.add(append(1))).rejects.toMatchObject({ code: 'unavailable' })
})

it('is idle only once nothing waits any more', async () => {
  const { commits, finish } = heldCommits()
  await commits.idle()
  void commits.add(append(1))
  let idle = false
  void commits.idle().then(() => (idle = true))
  await turn()
  void commits.add(append(2))
  await finish()
  expect(idle).toBe(false)
  await finish()
  expect(idle).toBe(true)
})

it('gives scheduled messages a commit of their own', async () => {
  const { commits, groups, finish } = heldCommits()
  const scheduled = (n: number) => ({ ...append(n), scheduled: [`s${n}`] })
  const answers = [append(1), scheduled(2), scheduled(3), append(4), append(5)].map((one) => commits.add(one))
  for (let i = 0; i < 4; i++) {
    await turn()
    await finish()
  }
  expect(groups.map((group) => group.length)).toEqual([1, 1, 1, 2])
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5])
})
