import { createValue } from './value.ts'

/** What was just done, in words; null when nothing was of late. `at` tells two of the same text apart. */
export const toast = createValue<{ text: string; at: number } | null>(null)

/** Says for a few seconds, at the foot of the page, that something was done. */
export function tellDone(text: string): void {
  toast.set({ text, at: Date.now() })
}
