import { useRef, useState } from 'react'
import { fetchRecentMessages } from './api.ts'
import { createFeed, type Feed } from './feed.ts'
import { useFollow } from './live.ts'
import { paceByFrame } from './pace.ts'

const SHOWN_MESSAGES = 500
const SEEDED_MESSAGES = 100

/** The newest messages of the channels that `pattern` covers: what the archive has, then what comes. */
export function useFeed(pattern: string): Feed {
  const [feed] = useState(() => createFeed(SHOWN_MESSAGES, paceByFrame(requestAnimationFrame.bind(window))))
  const seeded = useRef(false)
  useFollow(pattern, feed.push, () => {
    // A connection that comes back resumes by itself.
    if (seeded.current) return
    seeded.current = true
    // The stream works without a past; an archive that is away is told by the database figure.
    void fetchRecentMessages(pattern, SEEDED_MESSAGES)
      .catch(() => [])
      .then(feed.seed)
  })
  return feed
}
