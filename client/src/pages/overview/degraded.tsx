import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/button.tsx'
import { Link } from '../../components/link.tsx'
import { faultsOfAll, type Fault } from '../../lib/degraded.ts'
import { formatExact, formatMillis } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { useNodeStats } from '../../lib/live.ts'
import { overviewWords, type OverviewWords } from './words.ts'

const WHERE: Partial<Record<Fault['kind'], string>> = {
  room: '/settings?q=max_connections',
  slow: '/logs?level=warn&type=disconnect',
}

interface DegradedProps {
  /** Whose faults; null for those of all nodes. */
  node: string | null
  /** What people call a node. */
  titleOf: (node: string) => string
}

/** Says what is wrong and what to do; nothing while all is well. */
export function Degraded({ node, titleOf }: DegradedProps) {
  const words = usePageWords(overviewWords)
  const { actions } = useWords()
  const locale = useLocale()
  const all = useNodeStats()
  const [seen, setSeen] = useState(false)
  const watched = node === null ? all : all.filter((stats) => stats.node === node)
  const faults = faultsOfAll(watched).filter(({ fault }) => fault.kind !== 'unclean' || !seen)
  if (faults.length === 0) return null
  return (
    <div role="status" aria-label={words.degraded.title}>
      <ul className="flex flex-col divide-y divide-warn-line/25 rounded-card border border-warn-line/40 bg-warn-fill text-row text-warn-text">
        {faults.map(({ fault, nodes }) => {
          const { what, todo } = tell(fault, words.degraded, locale)
          const href = WHERE[fault.kind]
          return (
            <li key={fault.kind} data-fault={fault.kind} className="flex items-start gap-2.5 px-4 py-2.5">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  {what}
                  {/* Said of one node, or of every one, a name would tell nothing new. */}
                  {nodes.length < watched.length && (
                    <span className="font-normal"> · {nodes.map(titleOf).join(', ')}</span>
                  )}
                </p>
                <p>{todo}</p>
              </div>
              {href !== undefined && (
                <Link href={href} className="shrink-0 font-medium underline underline-offset-2">
                  {words.degraded.look}
                </Link>
              )}
              {fault.kind === 'unclean' && (
                <IconButton label={actions.dismiss} className="-my-1.5 text-warn-text" onClick={() => setSeen(true)}>
                  <X aria-hidden className="size-4" />
                </IconButton>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function tell(fault: Fault, words: OverviewWords['degraded'], locale: string): { what: string; todo: string } {
  const number = (value: number) => formatExact(value, locale)
  switch (fault.kind) {
    case 'database':
      return words.database(words.kinds[fault.what] ?? fault.what)
    case 'broker':
      return words.broker(words.kinds[fault.what] ?? fault.what)
    case 'mqtt':
      return words.mqtt
    case 'room':
      return words.room(number(fault.current), number(fault.max))
    case 'lag': {
      const { value, unit } = formatMillis(fault.ms, locale)
      return words.lag(`${value} ${unit}`)
    }
    case 'slow':
      return words.slow(fault.count)
    case 'unclean':
      return words.unclean
  }
}
