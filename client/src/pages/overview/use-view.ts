import { useQuery } from '@tanstack/react-query'
import { ALL_NODES } from '../../../../shared/stats-spans.ts'
import { fetchStats } from '../../lib/api.ts'
import { useNodeNames } from '../../lib/live.ts'
import { useParam } from '../../lib/router.ts'
import { useNodeTitles } from '../nodes/use-nodes.ts'

/** Whose figures the page shows. */
export interface View {
  /** The node that the address names; null for all together. */
  node: string | null
  /** The nodes that live, by name; empty until they are known. */
  names: readonly string[]
  /** Whether `node` does not live any more. */
  isGone: boolean
  /** What people call a node. */
  titleOf: (name: string) => string
}

export function useView(): View {
  const wanted = useParam('node')
  const node = wanted === '' || wanted === ALL_NODES ? null : wanted
  const living = useNodeNames()
  // Until the stream tells.
  const first = useQuery({ queryKey: ['stats', null], queryFn: () => fetchStats(null), staleTime: Infinity })
  const names = living.length > 0 ? living : (first.data?.nodes.toSorted() ?? [])
  const isGone = node !== null && living.length > 0 && !living.includes(node)
  return { node, names, isGone, titleOf: useNodeTitles(names) }
}
