import type { Scope } from '../../../../shared/api.ts'
import type { NewKey } from '../../lib/access-api.ts'
import { type PatternFaults, patternFaultsOf, patternsOf } from '../../lib/pattern-lines.ts'

/** Days that a key may be asked to last; the form offers these, a day of one's own, and never. */
export const LIFETIMES_DAYS = [30, 90, 365] as const
export type Lifetime = 'never' | 'date' | `${(typeof LIFETIMES_DAYS)[number]}`

/** What is typed into the form, unchecked. */
export interface KeyDraft {
  name: string
  scopes: Scope[]
  /** One pattern a line. */
  channels: string
  lifetime: Lifetime
  /** The last day that the key is good on, `2026-11-20`, in the reader's zone; for the lifetime `date`. */
  lastDay: string
}

export interface KeyFaults extends PatternFaults {
  scopes?: true
  lastDay?: true
}

const DAY_MS = 86_400_000

/** Tells whether channels limit anything that these scopes open. */
export function isLimitedByChannels(scopes: readonly Scope[]): boolean {
  return scopes.some((scope) => scope === 'publish' || scope === 'subscribe' || scope === 'admin')
}

/** Checks a draft as the server will; null when nothing is wrong. */
export function faultsOf(draft: KeyDraft, now: number): KeyFaults | null {
  const end = endOf(draft, now)
  const faults: KeyFaults = {
    ...(draft.scopes.length === 0 && { scopes: true }),
    ...patternFaultsOf(draft.channels),
    ...(end !== null && !(end > now) && { lastDay: true }),
  }
  return Object.keys(faults).length > 0 ? faults : null
}

/** Makes the key to ask for of a draft without faults. */
export function toNewKey(draft: KeyDraft, now: number): NewKey {
  const patterns = patternsOf(draft.channels)
  const limited = isLimitedByChannels(draft.scopes) && patterns.length > 0
  const end = endOf(draft, now)
  return {
    name: draft.name.trim(),
    scopes: draft.scopes,
    channels: limited ? patterns : null,
    expiresAt: end === null ? null : new Date(end).toISOString(),
  }
}

/** When the key ends, in epoch milliseconds: null for never, NaN while no day is chosen. */
function endOf({ lifetime, lastDay }: KeyDraft, now: number): number | null {
  if (lifetime === 'never') return null
  if (lifetime !== 'date') return now + Number(lifetime) * DAY_MS
  // Without a zone it is read in the reader's own.
  return Date.parse(`${lastDay}T23:59:59.999`)
}
