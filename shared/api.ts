import { z } from 'zod'
import { ACCESS_OPERATIONS } from './access.ts'
import {
  flag,
  id,
  isoTime,
  nextCursor,
  operation,
  type Operation,
  paging,
  pattern,
  patterns,
  text,
} from './operation.ts'
import { EXPORT_FORMATS, fieldTerm } from './message-search.ts'
import { LOG_OPERATIONS } from './logs.ts'
import { SCHEDULED_OPERATIONS, scheduledReceiptSchema } from './scheduled.ts'
import { STATS_OPERATIONS } from './stats.ts'
import { VIDEO_OPERATIONS } from './video.ts'
import { WEBHOOK_OPERATIONS } from './webhooks.ts'

import { NODE_OPERATIONS } from './nodes.ts'
import { TEMPLATE_OPERATIONS } from './templates.ts'

export * from './access.ts'
export * from './logs.ts'
export * from './stats.ts'
export * from './video.ts'
export type { Operation } from './operation.ts'

// ---- messages (§5, §8)

/** A message as the archive shows it; further fields are the publisher's. */
const message = z.looseObject({
  id: z.string(),
  channel: z.string(),
  timestamp: isoTime,
  type: z.string(),
  from: z.string().optional(),
})

export const receiptSchema = z.object({
  /** Absent when ephemeral. */
  id: z.string().optional(),
  channel: z.string(),
  timestamp: isoTime,
  /** Connections of this node that it was handed to. */
  recipients: z.number().int(),
})
export type Receipt = z.infer<typeof receiptSchema>

export const broadcast = operation({
  method: 'post',
  path: '/api/broadcast',
  access: 'open',
  summary:
    'Publishes one message, or a batch of up to 1000, all or nothing; answers once durable. With `deliverAt`, it waits.',
  query: z.object({
    channel: z.string().optional(),
    ephemeral: flag.default(false),
    exclude: z.string().max(100).optional(),
    /** When it is to be published; at once if absent. */
    deliverAt: isoTime.optional(),
  }),
  /** A JSON object, or an array of 1–1000 of them; checked by the hub, which leaves their fields untouched. */
  body: z.unknown().meta({
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', minItems: 1, maxItems: 1000, items: { type: 'object', additionalProperties: true } },
    ],
  }),
  response: z.union([receiptSchema, z.object({ messages: z.array(receiptSchema) })]),
  accepted: z.union([scheduledReceiptSchema, z.object({ messages: z.array(scheduledReceiptSchema) })]),
})

const range = {
  since: isoTime.optional(),
  until: isoTime.optional(),
}
const archiveFilters = {
  q: text.optional(),
  channel: pattern.optional(),
  type: text.optional(),
  from: text.optional(),
  /** Repeated: `path=value`, also with `>`, `>=`, `<` and `<=`; the path is parted by dots, `*` is any value. */
  field: z.array(fieldTerm).max(20).optional(),
  ...range,
}
export const searchMessages = operation({
  method: 'get',
  path: '/api/messages',
  access: 'view',
  summary: 'Searches the archive, newest first, by text, by fields and by what the server set.',
  query: z.object({ ...archiveFilters, ...paging }),
  response: z.object({ items: z.array(message), nextCursor }),
})
export const countMessages = operation({
  method: 'get',
  path: '/api/messages/count',
  access: 'view',
  summary: 'Counts the messages of the archive that a search finds.',
  query: z.object(archiveFilters),
  response: z.object({ count: z.number().int() }),
})
export const exportMessages = operation({
  method: 'get',
  path: '/api/messages/export',
  access: 'view',
  summary: 'Streams the messages that a search finds, however many, in the order of the log: one line each.',
  query: z.object({ format: z.enum(EXPORT_FORMATS).default('ndjson'), ...archiveFilters }),
  media: ['application/x-ndjson', 'text/csv'],
  response: z.string(),
})
export const getMessage = operation({
  method: 'get',
  path: '/api/messages/:id',
  access: 'view',
  summary: 'Shows one message of the archive by its id.',
  params: id,
  response: message,
})
export const channelMessages = operation({
  method: 'get',
  path: '/api/channels/:name/messages',
  access: 'open',
  summary: 'Reads one channel’s history: newest first, or after a position oldest first.',
  params: z.object({ name: z.string() }),
  query: z.object({ before: text.optional(), after: text.optional(), ...paging }),
  response: z.object({ items: z.array(message), nextCursor }),
})
export const channelPresence = operation({
  method: 'get',
  path: '/api/channels/:name/presence',
  access: 'open',
  summary: 'Lists who is in a channel: users with all their connections, and anonymous connections, as they came.',
  params: z.object({ name: z.string() }),
  query: z.object(paging),
  response: z.object({
    members: z.array(
      z.object({
        connectionId: z.string(),
        userId: z.string().optional(),
        name: z.string().optional(),
        joinedAt: isoTime,
        connections: z.array(z.string()),
      }),
    ),
    total: z.number().int(),
    nextCursor,
  }),
})
export const channelSchema = z.object({
  name: z.string(),
  subscribers: z.number().int(),
  messagesPerSecond: z.number(),
  /** Of the messages’ JSON texts, each counted once. */
  bytesPerSecond: z.number(),
  lastMessageAt: isoTime.nullable(),
})
export type ChannelInfo = z.infer<typeof channelSchema>

/** What the log keeps of a channel. */
const kept = z.object({ messages: z.number().int(), bytes: z.number().int(), since: isoTime.nullable() })
export type KeptMessages = z.infer<typeof kept>

export const listChannels = operation({
  method: 'get',
  path: '/api/channels',
  access: 'view',
  summary: 'Lists the channels that have subscribers or had messages of late.',
  query: z.object({ q: text.optional(), kept: flag.default(false), ...paging }),
  response: z.object({
    /** `kept` if it was asked for. */
    channels: z.array(channelSchema.extend({ kept: kept.optional() })),
    nextCursor,
  }),
})
export const getChannel = operation({
  method: 'get',
  path: '/api/channels/:name',
  access: 'view',
  summary: 'Shows one channel, whether or not it is in use: who would get a message now, and what the log keeps of it.',
  params: z.object({ name: z.string() }),
  response: channelSchema.extend({
    audience: z.object({
      /** Connections that named the channel, and those that follow it by a pattern alone. */
      byName: z.number().int(),
      byPattern: z.number().int(),
      /** Different users among them; other connections are anonymous, applications or admins. */
      users: z.number().int(),
      byTransport: z.record(z.string(), z.number().int()),
      /** Some of their names. */
      names: z.array(z.string()),
    }),
    kept,
  }),
})
export type ChannelDetail = z.infer<typeof getChannel.response>

// ---- connections (§8)

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
  response: z.object({ connections: z.array(connectionSchema), total: z.number().int(), nextCursor }),
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

// ---- settings (§10)

const settingValue = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())])
export const settingSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  default: settingValue.nullable(),
  type: z.string(),
  unit: z.string().nullable(),
  description: z.string().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  updatedAt: isoTime.nullable(),
  updatedBy: z.string().nullable(),
})
export type SettingInfo = z.infer<typeof settingSchema>

export const listSettings = operation({
  method: 'get',
  path: '/api/settings',
  access: 'view',
  summary: 'Lists every setting with its value, default and limits.',
  response: z.object({ settings: z.array(settingSchema) }),
})
export const setSetting = operation({
  method: 'post',
  path: '/api/settings',
  access: 'admin',
  summary: 'Changes one setting, in force at once; `app.*` keys are the user’s own.',
  body: z.strictObject({
    key: z.string().min(1).max(200),
    value: z.unknown().refine((v) => v !== undefined, { error: 'value is missing' }),
    description: z.string().max(1000).optional(),
  }),
  response: settingSchema,
})

export const removeSetting = operation({
  method: 'delete',
  path: '/api/settings/:key',
  access: 'admin',
  summary: 'Gives a setting its default again, or deletes one of the user’s own `app.*` keys.',
  params: z.object({ key: z.string().min(1).max(200) }),
  status: 204,
  response: z.void(),
})

/** Every operation, in the order in which papers list them. */
export const OPERATIONS: readonly Operation[] = [
  broadcast,
  ...SCHEDULED_OPERATIONS,
  searchMessages,
  countMessages,
  exportMessages,
  getMessage,
  listChannels,
  getChannel,
  channelMessages,
  channelPresence,
  listConnections,
  getConnection,
  patchConnection,
  deleteConnection,
  disconnectConnections,
  ...TEMPLATE_OPERATIONS,
  ...STATS_OPERATIONS,
  ...NODE_OPERATIONS,
  ...LOG_OPERATIONS,
  listSettings,
  setSetting,
  removeSetting,
  ...ACCESS_OPERATIONS,
  ...VIDEO_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
]
