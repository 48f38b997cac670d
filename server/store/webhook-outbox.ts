import { sql } from 'drizzle-orm'
import type { AttemptRecord, WebhookEvent } from '../../shared/webhooks.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'

/** Something that happened, for all webhooks that want such events, or for those named. */
export interface WebhookNews {
  event: WebhookEvent
  /** What it is about. */
  subject: string
  /** The body that is sent. */
  payload: string
  /** Null for every one that wants the event. */
  webhookIds: readonly string[] | null
}

export type Executor = Pick<Db, 'execute'>

/** The columns of events, as parameters of a statement, under the name `news`. */
export function newsRows(news: readonly WebhookNews[]) {
  const column = (values: (string | null)[]) => sql`${sql.param(values)}::text[]`
  return sql`unnest(
      ${column(news.map(({ event }) => event))}, ${column(news.map(({ subject }) => storableText(subject, 300)))},
      ${column(news.map(({ payload }) => storableText(payload)))},
      ${column(news.map(({ webhookIds }) => webhookIds && JSON.stringify(webhookIds)))}
    ) with ordinality as news (event, subject, payload, webhooks, n)`
}

/** Joins events with the webhooks that are to get them. */
export const WANTED = sql`join webhooks on webhooks.enabled and webhooks.events ? news.event
    and (news.webhooks is null or news.webhooks::jsonb ? webhooks.id)`

/** Puts events into the outbox, in order, for every webhook that is on and wants them; returns how many deliveries. */
export async function captureNews(db: Executor, news: readonly WebhookNews[]): Promise<number> {
  if (news.length === 0) return 0
  const { rowCount } = await db.execute(sql`
    insert into webhook_deliveries (webhook_id, event, subject, payload)
    select webhooks.id, news.event, news.subject, news.payload from ${newsRows(news)} ${WANTED} order by news.n`)
  return rowCount ?? 0
}

/** A webhook that was taken up, to deliver for it. */
export interface ClaimedWebhook {
  id: string
  url: string
  /** Those that sign now. */
  secrets: string[]
  /** Failures right before that say that its receiver is ill. */
  failures: number
  /** Changes with everything that its owner changes. */
  version: string
}

export interface DueDelivery {
  seq: number
  id: string
  payload: string
  attempts: number
}

/** What an attempt has led to. */
export interface Settlement {
  seq: number
  state: 'waiting' | 'delivered' | 'failed'
  record: AttemptRecord
  delayMs: number
  pauseMs: number
  verdict: 'delivered' | 'ill' | 'refused' | 'gone'
}

/** What became of the webhook by it; null when somebody else has taken it up meanwhile, or it is gone. */
export interface Settled {
  enabled: boolean
  version: string
}

/** What waits to be delivered, and who delivers it: several nodes share it, one at a time for each webhook. */
export interface WebhookOutbox {
  /** Takes up webhooks with something due, those that waited longest first; `turn` names the taking up. */
  claim(turn: string, limit: number): Promise<ClaimedWebhook[]>
  /** Reads what is due, in order. */
  due(webhookId: string, limit: number): Promise<DueDelivery[]>
  /** Writes down an attempt, and keeps the webhook for longer. */
  settle(webhookId: string, turn: string, settlement: Settlement): Promise<Settled | null>
  /** Lets what waits for a receiver that is well again go at once. */
  recover(webhookId: string): Promise<void>
  release(webhookId: string, turn: string): Promise<void>
  /** Takes back what a process before this one had taken up; only for one that is alone with its database. */
  releaseAll(): Promise<void>
}

/** How long a webhook stays with whoever has taken it up, in seconds: longer than any attempt. */
const LEASE_SECONDS = 30
/** Time without a success after which a webhook is turned off, in seconds. */
const GIVE_UP_SECONDS = 3 * 86_400
/** Attempts that are kept of a delivery. */
const KEPT_ATTEMPTS = 20

const VERSION = sql`extract(epoch from webhooks.updated_at)::text as version`

/** Opens the outbox. */
export function createWebhookOutbox(db: Db): WebhookOutbox {
  return {
    async claim(turn, limit) {
      const { rows } = await db.execute(sql`
        with found as (
          select id from webhooks
          where enabled and (leased_until is null or leased_until < now())
            and (paused_until is null or paused_until <= now())
            and exists (
              select 1 from webhook_deliveries d
              where d.webhook_id = webhooks.id and d.state = 'waiting' and d.next_attempt_at <= now()
            )
          order by claimed_at nulls first limit ${limit} for update skip locked
        )
        update webhooks set leased_by = ${turn}, leased_until = now() + make_interval(secs => ${LEASE_SECONDS}),
          claimed_at = now()
        from found where webhooks.id = found.id
        returning webhooks.id, url, failures, ${VERSION},
          case when previous_secret_until > now() then array[secret, previous_secret] else array[secret] end as secrets`)
      return rows as unknown as ClaimedWebhook[]
    },

    async due(webhookId, limit) {
      const { rows } = await db.execute(sql`
        select seq, id, payload, attempts from webhook_deliveries
        where webhook_id = ${webhookId} and state = 'waiting' and next_attempt_at <= now()
        order by seq limit ${limit}`)
      return rows as unknown as DueDelivery[]
    },

    async settle(webhookId, turn, settlement) {
      const { seq, state, record, delayMs } = settlement
      const isOver = state !== 'waiting'
      const { rows } = await db.execute(sql`
        with mine as (
          update webhooks set ${health(settlement)},
            leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
          where id = ${webhookId} and leased_by = ${turn} returning id, enabled, ${VERSION}
        ), written as (
          update webhook_deliveries set state = ${state}, attempts = attempts + 1,
            next_attempt_at = now() + make_interval(secs => ${delayMs / 1000}),
            finished_at = case when ${isOver} then now() end,
            last_status = ${record.status}, last_duration_ms = ${record.durationMs}, history = ${withRecord(record)}
          where seq = ${seq} and webhook_id in (select id from mine)
        )
        select enabled, version from mine`)
      return (rows[0] as Settled | undefined) ?? null
    },

    async recover(webhookId) {
      await db.execute(sql`
        with well as (
          update webhooks set failures = 0, failing_since = null, paused_until = null where id = ${webhookId}
        )
        update webhook_deliveries set next_attempt_at = now()
        where webhook_id = ${webhookId} and state = 'waiting' and attempts > 0
          and (last_status is null or last_status >= 500 or last_status in (408, 425, 429))`)
    },

    async release(webhookId, turn) {
      await db.execute(sql`
        update webhooks set leased_by = null, leased_until = null where id = ${webhookId} and leased_by = ${turn}`)
    },

    async releaseAll() {
      await db.execute(sql`update webhooks set leased_by = null, leased_until = null where leased_by is not null`)
      await db.execute(sql`delete from webhook_lease`)
    },
  }
}

/** A delivery's attempts with one more, the oldest of too many left out. */
export function withRecord(record: AttemptRecord) {
  const text = JSON.stringify({ ...record, response: storableText(record.response) })
  return sql`case when jsonb_array_length(history) >= ${KEPT_ATTEMPTS} then history - 0 else history end
    || ${`[${text}]`}::jsonb`
}

/** How an attempt changes what is known of the webhook’s health. */
function health({ verdict, record, pauseMs }: Omit<Settlement, 'seq' | 'state' | 'delayMs'>) {
  if (verdict === 'delivered') {
    return sql`failures = 0, failing_since = null, paused_until = null, last_success_at = now(),
      last_status = ${record.status}, last_error = null`
  }
  const isOver = sql`${verdict === 'gone'} or coalesce(failing_since, now()) < now() - make_interval(secs => ${GIVE_UP_SECONDS})`
  return sql`failures = failures + ${verdict === 'ill' ? 1 : 0}, failing_since = coalesce(failing_since, now()),
    paused_until = case when ${pauseMs}::float8 > 0 then now() + make_interval(secs => ${pauseMs / 1000}) end,
    last_failure_at = now(), last_status = ${record.status}, last_error = ${record.error},
    enabled = enabled and not (${isOver}),
    disabled_reason = case when ${isOver} then ${verdict === 'gone' ? 'gone' : 'failing'} else disabled_reason end`
}
