import { createValue } from './value.ts'

/** Something that can be done about what was just done. */
export interface ToastAction {
  label: string
  run: () => void
}

interface ToastText {
  text: string
  outcome: 'done' | 'failed'
  /** Tells two of the same text apart. */
  at: number
  action: ToastAction | null
}

/** What was just done or failed, in words; null when nothing was of late. */
export const toast = createValue<ToastText | null>(null)

/** Says for a few seconds, at the foot of the page, that something was done; longer when it can be undone. */
export function tellDone(text: string, action: ToastAction | null = null): void {
  toast.set({ text, outcome: 'done', at: Date.now(), action })
}

/** Says for a few seconds, at the foot of the page, what was not done and why. */
export function tellFailed(text: string): void {
  toast.set({ text, outcome: 'failed', at: Date.now(), action: null })
}
