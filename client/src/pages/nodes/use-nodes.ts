import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type NodeInfo, NODES_CHANNEL, type NodesNews } from '../../../../shared/nodes.ts'
import { request } from '../../lib/api.ts'
import { useFollow } from '../../lib/live.ts'

export const NODES = ['nodes'] as const

async function fetchNodes(): Promise<NodeInfo[]> {
  return (await request<{ nodes: NodeInfo[] }>('/api/nodes')).nodes
}

const drainPath = (node: string) => `/api/nodes/${encodeURIComponent(node)}/drain`

export const drainNode = (node: string) => request<NodeInfo>(drainPath(node), {})
export const undrainNode = (node: string) => request<NodeInfo>(drainPath(node), undefined, 'DELETE')

/** How many nodes are ready, of those that are known. */
export function useReadyCount(): number {
  const { data = [] } = useQuery({ queryKey: NODES, queryFn: fetchNodes })
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
  return { ...useQuery({ queryKey: NODES, queryFn: fetchNodes }), refetch }
}
