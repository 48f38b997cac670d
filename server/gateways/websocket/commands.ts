import type { ClientFrame } from '../../../shared/client-frames.ts'
import { YayinError } from '../../../shared/errors.ts'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { Caller } from '../../auth/caller.ts'
import { may, privileged } from '../../auth/policy.ts'
import type { Connection } from '../../hub/connection.ts'
import type { Hub } from '../../hub/hub.ts'
import { memberPage, type Present } from '../../hub/presence-member.ts'
import type { Resume } from '../../../shared/protocol.ts'

type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>

/** Publishes one message of a client, with all that is checked of any publish. */
export type PublishOne = (
  caller: Caller,
  message: unknown,
  options: {
    channel?: string | undefined
    ephemeral: boolean
    exclude: string | null
    idempotencyKey?: string | undefined
  },
) => Promise<object>

/** Reads one page of a channel's past, as JSON texts with their ids. */
export type ReadHistory = (
  caller: Caller,
  query: { channel: string; before?: string | undefined; after?: string | undefined; limit: number },
) => Promise<{ items: readonly { id: string; json: string }[]; nextCursor: string | null }>

export interface CommandDeps {
  hub: Hub
  settings: LiveSettings
  publishOne: PublishOne
  readHistory: ReadHistory
}

/** Sends an answer: an object, or one whose last fields are JSON text already. */
export type Reply = (answer: { type: string; [field: string]: unknown }, jsonFields?: string) => void

/** Does what a frame asks for and replies, or throws a YayinError. */
export type RunCommand = (connection: Connection, frame: ClientFrame, reply: Reply) => void | Promise<void>

/** Most bytes of messages in one answer; the next page goes on from there. */
const MAX_HISTORY_CHARACTERS = 262_144

/** Creates what clients can ask for over an open connection. */
export function createCommands({ hub, settings, publishOne, readHistory }: CommandDeps): RunCommand {
  function allowSubscribe(connection: Connection, pattern: string): void {
    const caller = connection.principal as Caller
    const decision = may(caller, { kind: 'subscribe', pattern, connectionId: connection.id }, settings.values)
    if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
  }

  function subscribe(connection: Connection, frame: FrameOf<'subscribe'>, reply: Reply): void | Promise<void> {
    const { channel, presence, lastEventId } = frame
    allowSubscribe(connection, channel)
    checkCount(connection, channel, settings.values.max_channels_per_connection)
    const greet = (resume: Resume) => reply({ type: 'subscribed', channel, resume })
    if (lastEventId)
      return joinSince(
        connection,
        channel,
        () => hub.following.joinSince(connection, channel, lastEventId, greet, presence),
        reply,
      )
    hub.following.change(connection, [channel], [], presence)
    greet({ status: 'none' })
  }

  /** While the past is read the rules may change, and they were looked at for what was followed then. */
  async function joinSince(connection: Connection, channel: string, join: () => Promise<void>, reply: Reply) {
    await join()
    const caller = connection.principal as Caller
    const action = { kind: 'subscribe', pattern: channel, connectionId: connection.id } as const
    if (connection.mode === 'closed' || may(caller, action, settings.values).allowed) return
    hub.following.change(connection, [], [channel])
    reply({ type: 'unsubscribed', channel, reason: 'forbidden' })
  }

  async function publish(connection: Connection, frame: FrameOf<'publish'>, reply: Reply): Promise<void> {
    const { channel, message, ephemeral, echo, idempotencyKey } = frame
    const exclude = echo ? null : connection.id
    const receipt = await publishOne(connection.principal as Caller, message, {
      channel,
      ephemeral,
      exclude,
      idempotencyKey,
    })
    reply({ type: 'ack', ...receipt })
  }

  async function history(connection: Connection, frame: FrameOf<'history'>, reply: Reply): Promise<void> {
    const { channel, before, after, limit } = frame
    const page = await readHistory(connection.principal as Caller, { channel, before, after, limit })
    let characters = 0
    const fits = page.items.findIndex(({ json }) => (characters += json.length) > MAX_HISTORY_CHARACTERS)
    // A single message goes out however long it is.
    const items = fits < 0 ? page.items : page.items.slice(0, Math.max(1, fits))
    const nextCursor = items.length < page.items.length ? items.at(-1)!.id : page.nextCursor
    const messages = `"messages":[${items.map(({ json }) => json).join()}]`
    reply({ type: 'history', channel, nextCursor }, messages)
  }

  function presence(connection: Connection, { channel, limit, cursor }: FrameOf<'presence'>, reply: Reply): void {
    allowSubscribe(connection, channel)
    const seesAll = privileged(connection.principal as Caller)
    const reveals = (other: Present) => seesAll || other === connection
    reply({
      type: 'presence',
      channel,
      ...memberPage(channel, hub.presence.members(channel), { limit, cursor }, reveals),
    })
  }

  return (connection, frame, reply) => {
    switch (frame.type) {
      case 'ping':
        return reply({ type: 'pong', id: hub.positionOf(connection) })
      case 'subscribe':
        return subscribe(connection, frame, reply)
      case 'unsubscribe':
        hub.following.change(connection, [], [frame.channel])
        return reply({ type: 'unsubscribed', channel: frame.channel })
      case 'publish':
        return publish(connection, frame, reply)
      case 'history':
        return history(connection, frame, reply)
      case 'presence':
        return presence(connection, frame, reply)
      case 'channels':
        return reply({ type: 'channels', channels: [...connection.channels] })
    }
  }
}

function checkCount({ channels }: Connection, joining: string, limit: number): void {
  if (channels.has(joining) || channels.size < limit) return
  throw new YayinError('invalid', `one connection follows at most ${limit} channels`)
}
