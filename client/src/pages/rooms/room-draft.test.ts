import { describe, expect, it } from 'vitest'
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS } from '../../../../shared/room-limits.ts'
import { createRoom } from '../../../../shared/video.ts'
import { faultsOf, MAX_NAME, NEW_ROOM } from './room-draft.ts'

const named = { ...NEW_ROOM, name: 'Weekly planning' }

describe('faultsOf', () => {
  it('finds nothing wrong when a name is typed', () => {
    expect(faultsOf(named)).toEqual({})
  })

  it('asks for a name when there are only spaces', () => {
    expect(faultsOf({ ...NEW_ROOM, name: '  ' })).toEqual({ name: 'name_missing' })
  })

  it('refuses an id that no address can hold', () => {
    expect(faultsOf({ ...named, roomId: 'two words' })).toEqual({ roomId: 'id_invalid' })
    expect(faultsOf({ ...named, roomId: 'team-42' })).toEqual({})
  })

  it('refuses a size that no room has', () => {
    for (const maxParticipants of [MIN_PARTICIPANTS - 1, MAX_PARTICIPANTS + 1, 2.5, NaN]) {
      expect(faultsOf({ ...named, maxParticipants })).toEqual({ maxParticipants: 'size_invalid' })
    }
  })

  it('allows what the hub allows, and no more', () => {
    const accepts = (body: object) => createRoom.body.safeParse({ name: 'x', ...body }).success
    for (const maxParticipants of [MIN_PARTICIPANTS - 1, MIN_PARTICIPANTS, MAX_PARTICIPANTS, MAX_PARTICIPANTS + 1]) {
      expect(accepts({ maxParticipants })).toBe(faultsOf({ ...named, maxParticipants }).maxParticipants === undefined)
    }
    for (const roomId of ['a', 'a.b', 'A_1:x', '-a', 'a/b', 'ç', 'a'.repeat(64), 'a'.repeat(65)]) {
      expect(accepts({ roomId })).toBe(faultsOf({ ...named, roomId }).roomId === undefined)
    }
    expect(accepts({ name: 'n'.repeat(MAX_NAME) })).toBe(true)
    expect(accepts({ name: 'n'.repeat(MAX_NAME + 1) })).toBe(false)
  })
})
