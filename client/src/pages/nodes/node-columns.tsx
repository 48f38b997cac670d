import { useMemo } from 'react'
import type { NodeInfo } from '../../../../shared/nodes.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { formatBytes, formatCount, formatExact, formatMillis } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { nodeTitle } from './use-nodes.ts'
import { nodesWords } from './words.ts'

const MEANINGS = { ready: 'good', draining: 'warn', away: 'bad' } as const satisfies Record<NodeInfo['state'], string>

/** The columns of the nodes. */
export function useNodeColumns(): Column<NodeInfo>[] {
  const { columns, cores, coresHelp } = usePageWords(nodesWords)
  const locale = useLocale()
  return useMemo(() => {
    const figure = (key: keyof typeof columns, valueOf: (node: NodeInfo) => number, show: Show) => ({
      key,
      head: columns[key],
      right: true,
      sortBy: valueOf,
      cell: (node: NodeInfo) => <Figure isOld={node.state === 'away'} value={valueOf(node)} show={show} />,
    })
    const count: Show = (value) => [formatCount(value, locale), formatExact(value, locale)]
    const processor: Show = (value) => [
      cores(value.toLocaleString(locale, { maximumFractionDigits: 2 })),
      coresHelp(formatExact(value, locale)),
    ]
    return [
      { key: 'node', head: columns.node, wide: true, sortBy: ({ host, pid }) => `${host} ${pid}`, cell: nameCell },
      { key: 'state', head: columns.state, sortBy: ({ state }) => state, cell: stateCell },
      { key: 'started', head: columns.started, sortBy: ({ startedAt }) => Date.parse(startedAt), cell: startedCell },
      figure('connections', (node) => node.connections, count),
      figure('published', (node) => node.publishedPerSecond, count),
      figure('delivered', (node) => node.deliveredPerSecond, count),
      {
        key: 'load',
        head: columns.load,
        right: true,
        sortBy: (node) => node.cpu,
        cell: (node) => (
          <span className="flex flex-col">
            <Figure isOld={node.state === 'away'} value={node.cpu} show={processor} />
            <span className="text-small whitespace-nowrap text-ink-faint">
              <Figure isOld value={node.rssBytes} show={(value) => quantity(formatBytes(value, locale))} />
            </span>
          </span>
        ),
      },
      figure(
        'lag',
        (node) => node.eventLoopLagMs,
        (value) => quantity(formatMillis(value, locale)),
      ),
      figure('behind', (node) => node.behind, count),
    ]
  }, [columns, cores, coresHelp, locale])
}

/** A figure in short, and exactly. */
type Show = (value: number) => readonly [short: string, exact: string]

const quantity = ({ value, unit, exact }: { value: string; unit: string; exact: string }) =>
  [`${value} ${unit}`, exact] as const

function Figure({ isOld, value, show }: { isOld: boolean; value: number; show: Show }) {
  const [short, exact] = show(value)
  return (
    <span className={`whitespace-nowrap ${isOld || value === 0 ? 'text-ink-faint' : ''}`} title={exact}>
      {short}
    </span>
  )
}

const nameCell = (node: NodeInfo) => <Name node={node} />
const stateCell = (node: NodeInfo) => <State node={node} />
const startedCell = ({ startedAt, version }: NodeInfo) => (
  <span className="flex flex-col">
    <RelativeTime at={startedAt} none="" />
    <span className="text-small text-ink-faint">{version}</span>
  </span>
)

function Name({ node }: { node: NodeInfo }) {
  const words = usePageWords(nodesWords)
  return (
    <span className="flex min-w-0 flex-col @[60rem]:min-w-32">
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-medium" title={nodeTitle(node)}>
          {nodeTitle(node)}
        </span>
        {node.self && <Badge title={words.selfHelp}>{words.self}</Badge>}
      </span>
      <span className="truncate font-mono text-small text-ink-faint">{node.node}</span>
    </span>
  )
}

function State({ node: { state, connections, silentMs } }: { node: NodeInfo }) {
  const words = usePageWords(nodesWords)
  const locale = useLocale()
  const isDrained = state === 'draining' && connections === 0
  const title = state === 'away' ? words.silent(formatExact(Math.round(silentMs / 1000), locale)) : undefined
  return (
    <Badge meaning={MEANINGS[state]} {...(title !== undefined && { title })}>
      {isDrained ? words.drained : words.states[state]}
    </Badge>
  )
}
