import type { CallSnapshot, Participant } from '../../../call/index.ts'

/** Something that everybody in the call is told of. */
export type Happening =
  | { kind: 'joined' | 'left' | 'hand' | 'sharing' | 'stopped_sharing'; name: string }
  | { kind: 'new_host'; name: string }
  | { kind: 'you_are_host' | 'muted_by_host' | 'locked' | 'unlocked' | 'reconnected' }
  | { kind: 'chat'; name: string; text: string }

/** What has happened between two snapshots of one call, in the order in which to tell it. */
export function happeningsBetween(before: CallSnapshot, after: CallSnapshot): Happening[] {
  // What comes while joining was there before us.
  if (before.status.kind === 'joining') return []
  const came = after.participants.filter(({ id }) => !find(before, id))
  const went = before.participants.filter(({ id }) => !find(after, id))
  return [
    ...came.map(({ displayName }) => ({ kind: 'joined' as const, name: displayName })),
    ...went.map(({ displayName }) => ({ kind: 'left' as const, name: displayName })),
    ...after.participants.flatMap((person) => changesOf(find(before, person.id), person)),
    ...roomChanges(before, after),
    ...newLines(before, after),
  ]
}

function find(snapshot: CallSnapshot, id: string): Participant | undefined {
  return snapshot.participants.find((person) => person.id === id)
}

function changesOf(before: Participant | undefined, after: Participant): Happening[] {
  if (before === undefined || before === after) return []
  const name = after.displayName
  return [
    ...(after.hand && !before.hand ? [{ kind: 'hand' as const, name }] : []),
    ...(after.screen && !before.screen ? [{ kind: 'sharing' as const, name }] : []),
    ...(!after.screen && before.screen ? [{ kind: 'stopped_sharing' as const, name }] : []),
    ...(after.isHost && !before.isHost ? [{ kind: 'new_host' as const, name }] : []),
  ]
}

function roomChanges(before: CallSnapshot, after: CallSnapshot): Happening[] {
  const happenings: Happening[] = []
  if (after.self.isHost && !before.self.isHost) happenings.push({ kind: 'you_are_host' })
  if (after.self.mutedByHost && !before.self.mutedByHost) happenings.push({ kind: 'muted_by_host' })
  if (after.room.locked !== before.room.locked) happenings.push({ kind: after.room.locked ? 'locked' : 'unlocked' })
  if (before.status.kind === 'reconnecting' && after.status.kind === 'live') happenings.push({ kind: 'reconnected' })
  return happenings
}

function newLines(before: CallSnapshot, after: CallSnapshot): Happening[] {
  if (after.chat === before.chat) return []
  const known = new Set(before.chat.map(({ id }) => id))
  const fresh = after.chat.filter(
    ({ id, own, sentAtMs }) => !known.has(id) && !own && sentAtMs >= after.self.joinedAtMs,
  )
  return fresh.map(({ name, text }) => ({ kind: 'chat', name, text }))
}
