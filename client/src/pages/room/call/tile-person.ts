import type { CallSnapshot, Participant, Self } from '../../../call/index.ts'
import type { TilePerson } from './tile.tsx'

/** The tiles in the order of the page: oneself if wanted, then the others as they came. */
export function tilePeople(snapshot: CallSnapshot, withSelf: boolean): TilePerson[] {
  const others = snapshot.participants.map(ofParticipant)
  // Somebody alone sees themselves, or they would see nothing.
  return withSelf || others.length === 0 ? [ofSelf(snapshot.self), ...others] : others
}

function ofSelf({ streams, ...self }: Self): TilePerson {
  return { ...self, isSelf: true, picture: streams.camera, paused: false, connection: null, quality: null }
}

function ofParticipant({ streams, cameraPaused, ...person }: Participant): TilePerson {
  return { ...person, isSelf: false, picture: person.camera ? streams.camera : null, paused: cameraPaused }
}
