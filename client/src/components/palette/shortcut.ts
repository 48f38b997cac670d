import type { Route } from '../../lib/routes.ts'

/** The letter that goes to a page after `g`. */
export const PAGE_LETTERS = {
  overview: 'o',
  connections: 'c',
  channels: 'h',
  messages: 'm',
  publish: 'p',
  rooms: 'v',
  logs: 'l',
  settings: 's',
  nodes: 'n',
  keys: 'k',
  users: 'u',
  sessions: 'e',
  access: 'a',
} as const satisfies Partial<Record<Route['name'], string>>

const PAGES = new Map<string, keyof typeof PAGE_LETTERS>(
  (Object.keys(PAGE_LETTERS) as (keyof typeof PAGE_LETTERS)[]).map((name) => [PAGE_LETTERS[name], name]),
)

/** What a key press asks of the frame; null when it asks nothing. */
export type Shortcut =
  | { kind: 'palette' }
  | { kind: 'help' }
  | { kind: 'await-page' }
  | { kind: 'page'; name: keyof typeof PAGE_LETTERS }

/** A key press, and where it fell. */
export interface Press {
  key: string
  ctrlOrMeta: boolean
  alt: boolean
  /** Whether it writes into a field, or belongs to what stands before the page. */
  isTaken: boolean
  /** Whether `g` was pressed just before. */
  isAfterG: boolean
  /** Whether the reader has keys without Ctrl switched on (WCAG 2.1.4). */
  singleKeys: boolean
}

/** Reads a key press: Ctrl/⌘ K everywhere, the keys without Ctrl where nothing is typed. */
export function readShortcut({ key, ctrlOrMeta, alt, isTaken, isAfterG, singleKeys }: Press): Shortcut | null {
  if (alt) return null
  if (ctrlOrMeta) return key.toLowerCase() === 'k' ? { kind: 'palette' } : null
  if (isTaken || !singleKeys) return null
  if (isAfterG) {
    const name = PAGES.get(key)
    if (name !== undefined) return { kind: 'page', name }
  }
  if (key === '?') return { kind: 'help' }
  return key === 'g' ? { kind: 'await-page' } : null
}
