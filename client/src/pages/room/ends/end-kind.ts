import type { EndReason, JoinRefusal } from '../../../call/index.ts'

/** Why there is no call, when a page of its own says so. */
export type EndKind = EndReason | 'full' | 'locked' | 'not_found' | 'closed' | 'unsupported'

const PAGES: Partial<Record<JoinRefusal, EndKind>> = {
  full: 'full',
  locked: 'locked',
  not_found: 'not_found',
  ended: 'closed',
  removed: 'removed',
}

/** The page that a refusal to join leads to; null when the lobby itself says what is wrong. */
export function endOfRefusal(reason: JoinRefusal): EndKind | null {
  return PAGES[reason] ?? null
}
