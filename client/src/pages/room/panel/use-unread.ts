import { useEffect, useState } from 'react'
import type { CallSnapshot } from '../../../call/index.ts'
import { countUnread } from './chat-groups.ts'

/** How many lines of the chat have come while it was out of sight. */
export function useUnread({ chat, self }: CallSnapshot, inSight: boolean): number {
  const [seenId, setSeenId] = useState<string | null>(null)
  const newestId = chat.at(-1)?.id ?? null

  useEffect(() => {
    if (inSight) setSeenId(newestId)
  }, [inSight, newestId])

  return inSight ? 0 : countUnread(chat, seenId, self.joinedAtMs)
}
