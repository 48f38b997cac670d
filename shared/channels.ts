import { z } from 'zod'
import { archivedMessage } from './messages.ts'
import { flag, isoTime, nextCursor, operation, type Operation, paging, text } from './operation.ts'

export const channelMessages = operation({
  method: 'get',
  path: '/api/channels/:name/messages',
  access: 'open',
  summary: 'Reads one channel’s history: newest first, or after a position oldest first.',
  params: z.object({ name: z.string() }),
  query: z.object({ before: text.optional(), after: text.optional(), ...paging }),
  response: z.object({ items: z.array(archivedMessage), nextCursor }),
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

/** The operations of this file, in the order in which papers list them. */
export const CHANNEL_OPERATIONS: readonly Operation[] = [listChannels, getChannel, channelMessages, channelPresence]
