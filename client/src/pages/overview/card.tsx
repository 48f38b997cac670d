import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Link } from '../../components/link.tsx'
import { Notice } from '../../components/notice.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { useWords } from '../../lib/language.ts'

interface CardProps {
  title: string
  /** Where all of it is shown, and the words for that. */
  href: string
  all: string
  query: { data: unknown; isError: boolean; isFetching: boolean; refetch: () => unknown }
  /** What to say when there is nothing; false while there is something. */
  empty: string | false
  children: ReactNode
}

/** A few lines of what another page shows whole. */
export function Card({ title, href, all, query, empty, children }: CardProps) {
  const { list, actions } = useWords()
  const again = (
    <Button size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
      {actions.retry}
    </Button>
  )
  return (
    <section
      aria-label={title}
      className="flex min-w-0 flex-col overflow-hidden rounded-card border border-line bg-panel"
    >
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 className="font-semibold">{title}</h2>
        <Link href={href} className="rounded-control text-row font-medium text-accent-text hover:underline">
          {all}
        </Link>
      </div>
      {query.data === undefined && query.isError && (
        <div className="p-3">
          <Notice meaning="bad" action={again}>
            {list.failed}
          </Notice>
        </div>
      )}
      {query.data === undefined && !query.isError && <RowSkeletons />}
      {query.data !== undefined &&
        (empty === false ? children : <p className="p-4 text-row text-ink-faint">{empty}</p>)}
    </section>
  )
}
