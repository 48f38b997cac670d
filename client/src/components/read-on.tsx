import { useEffect, useEffectEvent, useRef } from 'react'
import { useWords } from '../lib/language.ts'
import { Button } from './button.tsx'

interface ReadOnProps {
  /** A query that is read page by page. */
  pages: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetching: boolean
    isError: boolean
    fetchNextPage: () => Promise<unknown>
  }
}

/** Reads on when the end comes into sight; the button is for who cannot scroll there. */
export function ReadOn({ pages }: ReadOnProps) {
  const { list } = useWords()
  const ref = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage } = pages
  const readOn = useEffectEvent(() => {
    if (!pages.isFetching && !pages.isError) void pages.fetchNextPage()
  })

  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || ref.current === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && readOn(), { rootMargin: '600px' })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage])

  if (!hasNextPage) return null
  return (
    <div ref={ref} className="flex justify-center p-3">
      <Button size="small" disabled={isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {isFetchingNextPage ? list.loadingMore : list.loadMore}
      </Button>
    </div>
  )
}
