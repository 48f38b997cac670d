import { tellFailure } from './call-context.ts'
import { usePageWords } from '../../../lib/language.ts'
import type { Call, CallSnapshot } from '../../../call/index.ts'
import { roomWords } from '../words.ts'
import type { Notes } from './notes.ts'

/** What somebody can do about themselves, by button or key. */
export interface Controls {
  attempt: (work: Promise<void>) => void
  toggleMicrophone: () => void
  toggleCamera: () => void
  toggleSharing: () => void
  toggleHand: () => void
}

/** Whether this browser can share a screen: phones cannot. */
export const canShare = typeof navigator.mediaDevices?.getDisplayMedia === 'function'

export function useControls(call: Call, { self }: CallSnapshot, notes: Notes): Controls {
  const { call: words } = usePageWords(roomWords)
  const attempt = (work: Promise<void>) => void tellFailure(work, () => notes.say(words.failed))
  return {
    attempt,
    toggleMicrophone: () => attempt(call.setMicrophone(!self.microphone)),
    toggleCamera: () => attempt(call.setCamera(!self.camera)),
    toggleSharing() {
      if (self.screen) attempt(call.stopSharing())
      else if (canShare) attempt(call.shareScreen())
    },
    toggleHand: () => attempt(call.setHand(!self.hand)),
  }
}
