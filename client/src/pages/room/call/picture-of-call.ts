import type { CallSnapshot } from '../../../call/index.ts'

/** The picture that goes into the small window: a shared screen, who speaks, who is seen first, at last oneself. */
export function pictureOfCall(snapshot: CallSnapshot): MediaStream | null {
  const { participants, activeSpeakerId, self } = snapshot
  const screen = participants.find(({ streams }) => streams.screen !== null)?.streams.screen
  const speaker = participants.find(({ id }) => id === activeSpeakerId)?.streams.camera
  const anybody = participants.find(({ streams }) => streams.camera !== null)?.streams.camera
  return screen ?? speaker ?? anybody ?? self.streams.camera
}
