import { expect, it } from 'vitest'
import type { Participant, Room } from '../../../shared/video.ts'
import { applyFrame, rosterOf } from './roster.ts'

const room: Room = {
  id: 'r',
  name: 'Daily',
  maxParticipants: 8,
  locked: false,
  hasPasscode: false,
  hostParticipantId: 'a',
  createdAt: '2026-01-01T00:00:00.000Z',
}

function person(id: string, second: number, given: Partial<Participant> = {}): Participant {
  const joinedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
  const off = { microphone: false, camera: false, screen: false, hand: false }
  return { id, displayName: id.toUpperCase(), isHost: id === 'a', ...off, joinedAt, ...given }
}

const roster = rosterOf(room, [person('b', 2), person('a', 1)])
const namesOf = ({ people }: typeof roster) => [...people.keys()]

it('lists people in the order in which they came', () => {
  expect(namesOf(roster)).toEqual(['a', 'b'])
  const joined = applyFrame(roster, { type: 'participant_joined', roomId: 'r', participant: person('c', 3) })
  expect(namesOf(joined)).toEqual(['a', 'b', 'c'])
})

it('takes over what somebody says of themselves', () => {
  const participant = person('b', 2, { hand: true, displayName: 'Bea' })
  const updated = applyFrame(roster, { type: 'participant_updated', roomId: 'r', participant })
  expect(updated.people.get('b')).toMatchObject({ hand: true, displayName: 'Bea' })
  expect(updated.people.get('a')).toBe(roster.people.get('a'))
})

it('does not bring back who has left when an older word of them comes late', () => {
  const left = applyFrame(roster, {
    type: 'participant_left',
    roomId: 'r',
    participant: person('b', 2),
    reason: 'left',
  })
  expect(namesOf(left)).toEqual(['a'])
  expect(applyFrame(left, { type: 'participant_updated', roomId: 'r', participant: person('b', 2) })).toBe(left)
})

it('moves the host’s mark when the room has another host', () => {
  const handed = applyFrame(roster, { type: 'room_updated', roomId: 'r', room: { ...room, hostParticipantId: 'b' } })
  expect([...handed.people.values()].map(({ isHost }) => isHost)).toEqual([false, true])
  expect(handed.room.hostParticipantId).toBe('b')
})
