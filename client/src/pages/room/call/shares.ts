import type { CallSnapshot } from '../../../call/index.ts'

/** A screen that is shared. */
export interface SharedBy {
  /** The participant's. */
  id: string
  displayName: string
  isSelf: boolean
  stream: MediaStream
}

/** The screens that are shared now: the others' first, since one's own is in sight anyway. */
export function screensOf({ participants, self }: CallSnapshot): SharedBy[] {
  const others = participants.map(({ id, displayName, streams }) => ({ id, displayName, isSelf: false, streams }))
  const all = [...others, { id: self.id, displayName: self.displayName, isSelf: true, streams: self.streams }]
  return all.flatMap(({ streams, ...person }) => (streams.screen ? [{ ...person, stream: streams.screen }] : []))
}
