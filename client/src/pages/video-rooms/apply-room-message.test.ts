import { describe, expect, it } from 'vitest'
import type { RoomDetail } from '../../../../shared/video.ts'
import { applyRoomMessage } from './apply-room-message.ts'

const room = (id: string, name = id): RoomDetail => ({
  id,
  name,
  maxParticipants: 8,
  locked: false,
  hasPasscode: false,
  hostParticipantId: null,
  createdAt: '2026-11-20T20:00:00.000Z',
  hostId: null,
  participants: [],
})
const rooms = [room('a'), room('b')]
const changed = (now: RoomDetail) => applyRoomMessage(rooms, { type: 'room_changed', room: { ...now } })

describe('applyRoomMessage', () => {
  it('changes a room in its place when it is known', () => {
    expect(changed(room('b', 'Sunday'))).toEqual([room('a'), room('b', 'Sunday')])
  })

  it('puts a room first when it is new', () => {
    expect(changed(room('c')).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  })

  it('takes a room out when it is closed', () => {
    expect(applyRoomMessage(rooms, { type: 'room_closed', roomId: 'a' })).toEqual([room('b')])
    expect(applyRoomMessage(rooms, { type: 'room_closed', roomId: 'z' })).toEqual(rooms)
  })

  it('leaves the rooms as they are when it does not know the message', () => {
    expect(applyRoomMessage(rooms, { type: 'something', roomId: 'a' })).toBe(rooms)
  })
})
