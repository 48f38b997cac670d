import { createContext, use } from 'react'
import { type Call, type CallSnapshot, DeviceError } from '../../../call/index.ts'
import type { Notes } from './notes.ts'

interface CallScene {
  call: Call
  snapshot: CallSnapshot
  notes: Notes
  /** Does something that the hub or the browser may refuse, and says so when it does. */
  attempt: (work: Promise<void>) => void
}

export const CallContext = createContext<CallScene | null>(null)

/** The call that is shown. */
export function useCall(): CallScene {
  const scene = use(CallContext)
  if (scene === null) throw new Error('useCall is called outside CallContext')
  return scene
}

/** Tells `say` when `work` failed; devices tell their own faults in the snapshot. */
export async function tellFailure(work: Promise<void>, say: () => void): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof DeviceError)) say()
  }
}
