import type { Participant, Room, RoomFrame } from '../../../shared/video.ts'
import type { Person, RoomInfo } from './snapshot.ts'

/** Who is in a room, oneself among them, in the order in which they came. */
export interface Roster {
  room: RoomInfo
  people: ReadonlyMap<string, Person>
}

export function rosterOf(room: Room, participants: readonly Participant[]): Roster {
  return { room: toRoom(room), people: inOrder(participants.map(toPerson)) }
}

/** Applies what the hub says on the room's channel; what says nothing new gives the same roster. */
export function applyFrame(roster: Roster, frame: RoomFrame): Roster {
  switch (frame.type) {
    case 'participant_joined':
    case 'participant_updated':
      return withPerson(roster, frame)
    case 'participant_left':
      return withoutPerson(roster, frame.participant.id)
    case 'room_updated':
      return withRoom(roster, toRoom(frame.room))
    case 'room_ended':
      return roster
  }
}

function withPerson(roster: Roster, { type, participant }: { type: string; participant: Participant }): Roster {
  // An update that was sent before somebody left, and is read after, must not bring them back.
  if (type === 'participant_updated' && !roster.people.has(participant.id)) return roster
  return { ...roster, people: inOrder([...new Map(roster.people).set(participant.id, toPerson(participant)).values()]) }
}

function withoutPerson(roster: Roster, id: string): Roster {
  if (!roster.people.has(id)) return roster
  const people = new Map(roster.people)
  people.delete(id)
  return { ...roster, people }
}

/** Who is host is told by the room; the participants' own mark follows it. */
function withRoom(roster: Roster, room: RoomInfo): Roster {
  const people = [...roster.people.values()].map((person) => {
    const isHost = person.id === room.hostParticipantId
    return person.isHost === isHost ? person : { ...person, isHost }
  })
  return { room, people: inOrder(people) }
}

function inOrder(people: readonly Person[]): Map<string, Person> {
  const sorted = [...people].sort((a, b) => a.joinedAtMs - b.joinedAtMs || (a.id < b.id ? -1 : 1))
  return new Map(sorted.map((person) => [person.id, person]))
}

function toPerson({ joinedAt, id, displayName, isHost, microphone, camera, screen, hand }: Participant): Person {
  return { id, displayName, isHost, microphone, camera, screen, hand, joinedAtMs: Date.parse(joinedAt) }
}

function toRoom({ id, name, locked, maxParticipants, hostParticipantId }: Room): RoomInfo {
  return { id, name, locked, maxParticipants, hostParticipantId }
}
