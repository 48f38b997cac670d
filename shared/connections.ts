import { z } from 'zod'
import { id, isoTime, nextCursor, operation, type Operation, paging, patterns, text } from './operation.ts'

export const connectionSchema = z.object({
  id: z.string(),
  transport: z.string(),
  userId: z.string().nullable(),
  name: z.string().nullable(),
  ip: z.string(),
  userAgent: z.string(),
  channels: z.array(z.string()),
  connectedAt: isoTime,
  lastPosition: z.string(),
  messagesSent: z.number().int(),
  bytesSent: z.number().int(),
  bufferedBytes: z.number().int(),
  node: z.string(),
})
export type ConnectionInfo = z.infer<typeof connectionSchema>

export const listConnections = operation({
  method: 'get',
  path: '/api/connections',
  access: 'view',
  summary: 'Lists the open connections.',
  query: z.object({
    transport: text.optional(),
    channel: text.optional(),
    user: text.optional(),
    q: text.optional(),
    ...paging,
  }),
  response: z.object({
    connections: z.array(connectionSchema),
    total: z.number().int(),
    nextCursor,
    /** Nodes that did not answer: their connections are as they were last told. Absent when all did. */
    silentNodes: z.array(z.string()).optional(),
  }),
})
export const getConnection = operation({
  method: 'get',
  path: '/api/connections/:id',
  access: 'view',
  summary: 'Shows one open connection.',
  params: id,
  response: connectionSchema,
})
export const patchConnection = operation({
  method: 'patch',
  path: '/api/connections/:id',
  access: 'open',
  summary:
    'Changes the channels of an open connection, or hands it a fresh token of the same user, without a reconnect.',
  params: id,
  body: z.strictObject({
    subscribe: patterns.optional(),
    unsubscribe: patterns.optional(),
    /** Turns presence on or off for the channels of `subscribe`; absent, it is as it was. */
    presence: z.boolean().optional(),
    /** Its claims and its expiry take the place of the old one’s. */
    token: z.string().min(1).max(16_384).optional(),
  }),
  response: z.object({
    id: z.string(),
    channels: z.array(z.string()),
    /** Channels that the fresh token does not allow any more, and that were dropped. */
    dropped: z.array(z.string()),
    /** When the connection’s token ends; null for never. */
    expiresAt: isoTime.nullable(),
  }),
})
export const disconnectConnections = operation({
  method: 'post',
  path: '/api/connections/disconnect',
  access: 'admin',
  summary: 'Disconnects many clients for good; those that are gone already count for nothing.',
  body: z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(20_000) }),
  response: z.object({ disconnected: z.number().int() }),
})
export const deleteConnection = operation({
  method: 'delete',
  path: '/api/connections/:id',
  access: 'admin',
  summary: 'Disconnects a client for good: it is told `kicked` and not to come again.',
  params: id,
  status: 204,
  response: z.void(),
})

/** The operations of this file, in the order in which papers list them. */
export const CONNECTION_OPERATIONS: readonly Operation[] = [
  listConnections,
  getConnection,
  patchConnection,
  deleteConnection,
  disconnectConnections,
]
