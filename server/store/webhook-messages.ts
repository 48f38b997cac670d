import { sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import { readLogState, readPage, type StoredMessage } from './log.ts'
import { storableText } from './storable.ts'

/** A webhook that is told of messages, and up to where it has been. */
export interface MessageReader {
  id: string
  channels: string[]
  epoch: string
  offset: number
  /** Whether so much waits for it that the log had better wait too. */
  isFull: boolean
}

/** A step through the log: what lies there, up to where it goes, and up to where the log was cut. */
export interface MessageStep {
  messages: StoredMessage[]
  through: number
  trimmed: number
}

/** A message that is to be delivered. */
export interface CapturedMessage {
  channel: string
  payload: string
}

/** Carries messages from the log into the outbox, once each, whatever crashes in between. */
export interface WebhookMessages {
  /** Lists the webhooks that are told of messages, and have not read the log to its end. */
  readers(): Promise<MessageReader[]>
  /** Reads what comes next for one; null when the log was replaced since, which `restart` sees to. */
  next(reader: MessageReader): Promise<MessageStep | null>
  /** Moves one on, and puts messages into its outbox; false when another node did so meanwhile, or it was changed. */
  advance(reader: MessageReader, through: number, captured: readonly CapturedMessage[]): Promise<boolean>
  /** Lets one go on in the log that has taken the place of its own. */
  restart(reader: MessageReader): Promise<void>
}

/** Deliveries that may wait for a webhook before its messages are left in the log. */
const ENOUGH_WAITING = 1000

/** Opens what the reading of messages works with. */
export function createWebhookMessages(db: Db): WebhookMessages {
  return {
    async readers() {
      const { rows } = await db.execute(sql`
        select webhooks.id, channels, cursor_epoch as epoch, cursor_offset as "offset", (
          select count(*) from (
            select 1 from webhook_deliveries d
            where d.webhook_id = webhooks.id and d.state = 'waiting' limit ${ENOUGH_WAITING}
          ) waiting
        ) >= ${ENOUGH_WAITING} as "isFull"
        from webhooks, log_state
        where log_state.id = 1 and enabled and events ? 'message.published'
          and (cursor_epoch <> log_state.epoch or cursor_offset < log_state.head)`)
      return rows as unknown as MessageReader[]
    },

    async next({ channels, epoch, offset }) {
      const state = await readLogState(db.$client)
      if (state.epoch !== epoch) return null
      const page = await readPage(db.$client, { after: offset, upTo: state.offset, patterns: channels })
      return { messages: page.entries, through: page.through, trimmed: page.trimmed }
    },

    async advance({ id, epoch, offset }, through, captured) {
      const column = (values: string[]) => sql`${sql.param(values)}::text[]`
      const { rowCount } = await db.execute(sql`
        with moved as (
          update webhooks set cursor_offset = ${through}
          where id = ${id} and enabled and cursor_epoch = ${epoch} and cursor_offset = ${offset} returning id
        ), written as (
          insert into webhook_deliveries (webhook_id, event, subject, payload)
          select moved.id, 'message.published', message.channel, message.payload
          from moved, unnest(
            ${column(captured.map(({ channel }) => channel))},
            ${column(captured.map(({ payload }) => storableText(payload)))}
          ) with ordinality as message (channel, payload, n) order by message.n
        )
        select id from moved`)
      return rowCount === 1
    },

    async restart({ id, epoch, offset }) {
      // Offsets go on after a crash of the machine; in a log that began anew everything is new.
      await db.execute(sql`
        update webhooks set cursor_epoch = log_state.epoch,
          cursor_offset = case when cursor_offset <= log_state.head then cursor_offset else log_state.trimmed end
        from log_state
        where log_state.id = 1 and webhooks.id = ${id} and cursor_epoch = ${epoch} and cursor_offset = ${offset}`)
    },
  }
}
