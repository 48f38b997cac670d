import { useQuery } from '@tanstack/react-query'
import { RefreshCw, TriangleAlert, Unplug } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { askServerState } from '../lib/server-state.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'

/** How often a server that is away is asked again. */
const ASK_EVERY_MS = 3000

/** Stands where a page's code did not come: says why, and loads the page as soon as the server is back. */
export function PageMissing({ loading }: { loading: ReactNode }) {
  const { actions, page } = useWords()
  const [wasAway, setWasAway] = useState(false)
  const server = useQuery({
    queryKey: ['server state'],
    queryFn: askServerState,
    refetchInterval: ({ state }) => (state.data === 'away' ? ASK_EVERY_MS : false),
    // A browser that takes itself for offline may still reach a server on its own machine.
    networkMode: 'always',
    gcTime: 0,
  })
  const isBack = wasAway && server.data !== 'away'

  useEffect(() => {
    if (server.data === 'away') setWasAway(true)
    // Browsers keep in mind that a script did not come: only a page that is loaded anew asks for it again.
    if (isBack) location.reload()
  }, [server.data, isBack])

  if (server.data === undefined || isBack) return loading
  if (server.data === 'updated') {
    return (
      <Broken icon={<RefreshCw aria-hidden className="size-5" />} title={page.updated} lead={page.updatedLead}>
        <Button onClick={() => location.reload()}>{page.reload}</Button>
      </Broken>
    )
  }
  if (server.data === 'same') return <PageBroken />
  return (
    <Broken icon={<Unplug aria-hidden className="size-5" />} title={page.away} lead={page.awayLead}>
      <Button onClick={() => void server.refetch()}>{actions.retry}</Button>
    </Broken>
  )
}

/** Stands where a page failed, for whatever reason. */
export function PageBroken() {
  const { page } = useWords()
  return (
    <Broken icon={<TriangleAlert aria-hidden className="size-5" />} title={page.broken} lead={page.brokenLead}>
      <Button onClick={() => location.reload()}>{page.reload}</Button>
    </Broken>
  )
}

function Broken({
  icon,
  title,
  lead,
  children,
}: {
  icon: ReactNode
  title: string
  lead: string
  children: ReactNode
}) {
  return (
    <div className="flex h-full flex-col" role="alert">
      <Blank icon={icon} title={title} lead={lead}>
        {children}
      </Blank>
    </div>
  )
}
