import { createPreference } from '../../lib/preference.ts'
import { createValue } from '../../lib/value.ts'

/** A connection that is about to be closed, and whose it is in words. */
export interface Disconnection {
  id: string
  who: string
}

/** What the keys have put before the page. */
export type Overlay = { kind: 'palette' } | { kind: 'shortcuts' } | ({ kind: 'disconnect' } & Disconnection)

/** What stands before the page now; null when nothing does. */
export const overlay = createValue<Overlay | null>(null)

/** Whether keys without Ctrl do something; WCAG 2.2 §2.1.4 asks that they can be switched off. */
export const singleKeys = createPreference<'on' | 'off'>('single-keys', ['on', 'off'], 'on')
