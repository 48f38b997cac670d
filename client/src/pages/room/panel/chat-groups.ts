import type { ChatLine } from '../../../call/index.ts'

const SAME_BREATH_MS = 2 * 60_000

/** Whether a line goes on what the same person has just said, and needs no name of its own. */
export function isContinued(before: ChatLine | undefined, line: ChatLine): boolean {
  if (before === undefined || before.participantId === null) return false
  return before.participantId === line.participantId && line.sentAtMs - before.sentAtMs < SAME_BREATH_MS
}

/** How many lines of others have come since `seenId`, and since `sinceMs`: what was said before one came is no news. */
export function countUnread(chat: readonly ChatLine[], seenId: string | null, sinceMs: number): number {
  const seen = chat.findIndex(({ id }) => id === seenId)
  return chat.slice(seen + 1).filter(({ own, sentAtMs }) => !own && sentAtMs >= sinceMs).length
}
