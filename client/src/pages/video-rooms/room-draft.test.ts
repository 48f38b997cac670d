import { describe, expect, it } from 'vitest'
import { faultsOf, FIRST_DRAFT, toNewRoom } from './room-draft.ts'

const draft = { ...FIRST_DRAFT, name: ' Planning ' }

describe('faultsOf', () => {
  it.each(['', ' ', '1', '51', '2.5', 'many'])('refuses the size %j', (size) => {
    expect(faultsOf({ ...draft, size })).toEqual({ size: true })
  })

  it.each(['-a', 'a b', 'ş', 'a/b', 'x'.repeat(65)])('refuses the address %j', (id) => {
    expect(faultsOf({ ...draft, id })).toEqual({ id: true })
  })

  it('finds nothing when all fits', () => {
    expect(faultsOf({ ...draft, size: '50', id: ' weekly-1 ' })).toEqual({})
  })
})

describe('toNewRoom', () => {
  it('leaves out what was left empty', () => {
    expect(toNewRoom(draft)).toEqual({ name: 'Planning', maxParticipants: 8 })
  })

  it('takes a passcode as it is, spaces too', () => {
    expect(toNewRoom({ ...draft, id: ' a ', passcode: ' 1 ' })).toMatchObject({ roomId: 'a', passcode: ' 1 ' })
  })
})
