import { TriangleAlert } from 'lucide-react'
import { faultsOfAll } from '../lib/degraded.ts'
import { useWords } from '../lib/language.ts'
import { useNodeStats } from '../lib/live.ts'
import { usePath } from '../lib/router.ts'
import { Link } from './link.tsx'

const OVERVIEW = '/'
/** What does not pass by itself within a moment; the rest would come and go under the reader's hand. */
const LASTING = ['database', 'broker', 'room']

/** Leads from any other page to the overview, which says what is wrong and what to do; nothing while all is well. */
export function DegradedLink() {
  const { frame } = useWords()
  const path = usePath()
  const isDegraded = faultsOfAll(useNodeStats()).some(({ fault }) => LASTING.includes(fault.kind))
  if (path === OVERVIEW || !isDegraded) return null
  return (
    <Link
      href={OVERVIEW}
      title={frame.degraded}
      className="inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-round border border-warn-line/40 bg-warn-fill px-2.5 text-row font-medium text-warn-text"
    >
      <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
      <span className="max-lg:sr-only">{frame.degraded}</span>
    </Link>
  )
}
