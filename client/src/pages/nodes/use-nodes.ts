import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NodeInfo, NodesNews } from '../../../../shared/nodes.ts'
import { NODES_CHANNEL } from '../../../../shared/nodes-channel.ts'
import { request } from '../../lib/api.ts'
import { useFollow } from '../../lib/live.ts'

export const NODES = ['nodes'] as const

async function fetchNodes(): Promise<NodeInfo[]> {
  return (await request<{ nodes: NodeInfo[] }>('/api/nodes')).nodes
}

/**
 * Any node may answer, and calls itself the one that was asked; the one that serves this page is the one that its stream
 * comes from, as its news say.
 */
async function fetchMarked(queries: QueryClient): Promise<NodeInfo[]> {
  const nodes = await fetchNodes()
  const serving = queries.getQueryData<NodeInfo[]>(NODES)?.find(({ self }) => self)?.node
  return nodes.map((info) => ({ ...info, self: info.node === serving }))
}

function useNodesQuery() {
  const queries = useQueryClient()
  return useQuery({ queryKey: NODES, queryFn: () => fetchMarked(queries) })
}

/** What people call a node: its machine and process. */
export function nodeTitle({ host, pid }: NodeInfo): string {
  return `${host}:${pid}`
}

/** Knows what people call nodes; a name that it doesn't know stays as it is. Asks anew when other nodes are named. */
export function useNodeTitles(names: readonly string[]): (name: string) => string {
  const { data = [] } = useQuery({
    queryKey: ['node-titles', names.toSorted()],
    queryFn: fetchNodes,
    enabled: names.length > 1,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  })
  const titles = new Map(data.map((info) => [info.node, nodeTitle(info)]))
  return (name) => titles.get(name) ?? name
}

const drainPath = (node: string) => `/api/nodes/${encodeURIComponent(node)}/drain`

export const drainNode = (node: string) => request<NodeInfo>(drainPath(node), {})
export const undrainNode = (node: string) => request<NodeInfo>(drainPath(node), undefined, 'DELETE')

/** How many nodes are ready, of those that are known. */
export function useReadyCount(): number {
  const { data = [] } = useNodesQuery()
  return data.filter(({ state }) => state === 'ready').length
}

/** The nodes, live. */
export function useNodes() {
  const queries = useQueryClient()
  const refetch = () => void queries.invalidateQueries({ queryKey: NODES })
  useFollow(
    NODES_CHANNEL,
    (message) => {
      if (message.type === 'nodes_news') queries.setQueryData(NODES, (message as unknown as NodesNews).nodes)
    },
    refetch,
  )
  return { ...useNodesQuery(), refetch }
}
