import { z } from 'zod'
import { CHANNEL_RULE, isChannel } from './channel.ts'
import { pattern, text } from './operation.ts'

const channel = z.string().refine(isChannel, { error: CHANNEL_RULE })
/** Comes back in the answer. */
const ackId = z
  .union([z.string().max(200), z.number()], { error: 'is a number or a text of up to 200 characters' })
  .optional()
const position = z.string().max(100)

/** What a client may send over a WebSocket; further fields are let be. */
export const clientFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ping'), ackId }),
  z.object({
    type: z.literal('subscribe'),
    ackId,
    channel: pattern,
    /** Where to go on from on this channel alone. */
    lastEventId: position.nullish(),
    /** Turns presence on or off for this channel; absent, it is as it was. */
    presence: z.boolean().optional(),
  }),
  z.object({ type: z.literal('unsubscribe'), ackId, channel: pattern }),
  z.object({
    type: z.literal('publish'),
    ackId,
    /** The message's own, or `broadcast`, if absent. */
    channel: channel.optional(),
    /** Checked by the hub, which leaves its fields untouched. */
    message: z.custom<unknown>((message) => message !== undefined, { error: 'is missing; it is a JSON object' }),
    ephemeral: z.boolean().default(false),
    /** `false`: not to this connection. */
    echo: z.boolean().default(true),
    /** The same key within five minutes publishes once, as the header of that name does. */
    idempotencyKey: z.string().min(1).max(255).optional(),
  }),
  z.object({
    type: z.literal('history'),
    ackId,
    channel,
    before: position.optional(),
    after: position.optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  z.object({
    type: z.literal('presence'),
    ackId,
    channel,
    limit: z.number().int().min(1).max(500).default(500),
    cursor: text.optional(),
  }),
  z.object({ type: z.literal('channels'), ackId }),
])

export type ClientFrame = z.infer<typeof clientFrame>

/** The types of frames that a client may send. */
export const CLIENT_FRAME_TYPES: readonly string[] = clientFrame.options.map(({ shape }) => shape.type.value)
