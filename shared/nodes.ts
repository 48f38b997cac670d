import { z } from 'zod'
import { isoTime, operation } from './operation.ts'

// ---- the nodes that share a log

export const nodeSchema = z.object({
  /** Its name; each process has one of its own. */
  node: z.string(),
  /** Whether it is the one that answers. */
  self: z.boolean(),
  /**
   * `draining`: its clients are moved to other nodes, or are gone already. `away`: it was not heard of for some seconds;
   * its figures are those that it told last.
   */
  state: z.enum(['ready', 'draining', 'away']),
  /** Name of its machine. */
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  startedAt: isoTime,
  connections: z.number().int(),
  publishedPerSecond: z.number(),
  deliveredPerSecond: z.number(),
  /** Processor cores in use over the last second. */
  cpu: z.number(),
  rssBytes: z.number(),
  /** 99th percentile. */
  eventLoopLagMs: z.number(),
  /** Messages of the log that it has not delivered yet, when it was last heard. */
  behind: z.number().int(),
  /** Milliseconds since it was last heard of; 0 of the one that answers. */
  silentMs: z.number(),
})
/** One node, as any node sees it. */
export type NodeInfo = z.infer<typeof nodeSchema>

const place = z.object({ node: z.string().min(1).max(200) })

export const listNodes = operation({
  method: 'get',
  path: '/api/nodes',
  access: 'view',
  summary: 'Lists the nodes that share this log, and those that fell silent within the last five minutes.',
  response: z.object({ nodes: z.array(nodeSchema) }),
})

export const drainNode = operation({
  method: 'post',
  path: '/api/nodes/:node/drain',
  access: 'admin',
  summary:
    'Moves a node’s clients to the other nodes, in waves; from now on it is not ready and takes no streams. ' +
    '409 when no other node would take them.',
  params: place,
  response: nodeSchema,
  refusals: [404, 409, 503],
})

export const undrainNode = operation({
  method: 'delete',
  path: '/api/nodes/:node/drain',
  access: 'admin',
  summary: 'Lets a node that was drained by hand take clients again.',
  params: place,
  response: nodeSchema,
  refusals: [404, 409, 503],
})

export const NODE_OPERATIONS = [listNodes, drainNode, undrainNode] as const

/** How all nodes are, told to `NODES_CHANNEL` once a second while somebody listens. */
export interface NodesNews {
  type: 'nodes_news'
  nodes: NodeInfo[]
}
