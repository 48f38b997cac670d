import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Entry, Feed } from './feed.ts'

/** What the list of messages shows, and what its reader is doing with it. */
export function useMessageStream(feed: Feed) {
  const view = useSyncExternalStore(feed.subscribe, () => feed.view)
  const [paused, setPaused] = useState(false)
  const [atTop, setAtTop] = useState(true)
  const [active, setActive] = useState<number | null>(null)
  const [opened, setOpened] = useState<Entry | null>(null)
  const [filter, setFilter] = useState('')
  const listRef = useRef<HTMLDivElement>(null)
  const [topRequest, setTopRequest] = useState(0)

  // Whoever reads, walks with the keys or has one message open is not to have the list move under them.
  const held = paused || !atTop || active !== null || opened !== null
  useEffect(() => feed.hold(held), [feed, held])

  const { entries } = view
  const open = useCallback((key: number) => setOpened(entries.find((entry) => entry.key === key) ?? null), [entries])
  const index = opened === null ? -1 : entries.findIndex((entry) => entry.key === opened.key)

  function neighbour(step: number): (() => void) | null {
    const entry = index < 0 ? undefined : entries[index + step]
    return entry === undefined ? null : () => setOpened(entry)
  }

  return {
    view,
    paused,
    active,
    opened,
    filter,
    topRequest,
    listRef,
    setAtTop,
    setActive,
    open,
    close: () => setOpened(null),
    newer: neighbour(-1),
    older: neighbour(1),
    togglePause: () => setPaused(!paused),
    /** Shows what waits, and follows again. */
    follow: () => {
      setPaused(false)
      setActive(null)
      setOpened(null)
      setTopRequest((count) => count + 1)
      feed.hold(false)
    },
    changeFilter: (text: string) => {
      setFilter(text)
      feed.filter(text)
      setActive(null)
      setAtTop(true)
      setTopRequest((count) => count + 1)
    },
  }
}
