import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { webhookDeliveries } from '../../shared/schema.ts'
import type { AttemptRecord, DeliveryState, WebhookEvent } from '../../shared/webhooks.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'
import { withRecord } from './webhook-outbox.ts'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect

export interface DeliveryQuery {
  state?: DeliveryState | undefined
  event?: WebhookEvent | undefined
  /** Only those before this one in the list, by its number; null for the newest. */
  before: number | null
  limit: number
}

/** What was and is to be delivered, as it is shown. */
export interface DeliveryStore {
  /** Lists a webhook’s, the newest first. */
  list(webhookId: string, query: DeliveryQuery): Promise<DeliveryRow[]>
  find(webhookId: string, id: string): Promise<DeliveryRow | null>
  /** Lets a delivery be sent again, now; null when it is not there. */
  retry(webhookId: string, id: string): Promise<DeliveryRow | null>
  /** Keeps a test that waits for its outcome, and that nobody else delivers. */
  addTest(webhookId: string, payload: string): Promise<DeliveryRow>
  /** Writes down what came of a test. */
  finishTest(row: DeliveryRow, record: AttemptRecord): Promise<DeliveryRow>
  /**
   * Forgets what is over for long, or beyond the newest of each webhook; and the oldest of what waits where that is far
   * too much. Returns how many that still waited, by webhook.
   */
  sweep(): Promise<Map<string, number>>
}

/** What is over is kept for this long, and this many of each webhook. */
const KEPT_DAYS = 30
const KEPT_OVER = 5000
/** Most deliveries of a webhook that wait. */
const MOST_WAITING = 100_000

/** Opens the table of deliveries. */
export function createDeliveryStore(db: Db): DeliveryStore {
  const { webhookId, id, seq, state, event } = webhookDeliveries
  const isIt = (webhook: string, delivery: string) =>
    and(eq(webhookId, storableText(webhook)), eq(id, storableText(delivery)))

  return {
    list: (webhook, query) =>
      db
        .select()
        .from(webhookDeliveries)
        .where(
          and(
            eq(webhookId, storableText(webhook)),
            query.state === undefined ? undefined : eq(state, query.state),
            query.event === undefined ? undefined : eq(event, query.event),
            query.before === null ? undefined : lt(seq, query.before),
          ),
        )
        .orderBy(desc(seq))
        .limit(query.limit),

    async find(webhook, delivery) {
      const [row] = await db.select().from(webhookDeliveries).where(isIt(webhook, delivery))
      return row ?? null
    },

    async retry(webhook, delivery) {
      const again = { state: 'waiting', nextAttemptAt: sql`now()`, finishedAt: null } as const
      const [row] = await db.update(webhookDeliveries).set(again).where(isIt(webhook, delivery)).returning()
      if (row === undefined) return null
      await db.execute(sql`update webhooks set paused_until = null where id = ${row.webhookId}`)
      return row
    },

    async addTest(webhook, payload) {
      const values = { webhookId: webhook, event: 'webhook.test', subject: webhook, payload, state: 'failed' } as const
      const [row] = await db.insert(webhookDeliveries).values(values).returning()
      return row!
    },

    async finishTest(test, record) {
      const outcome = {
        state: record.error === null ? 'delivered' : 'failed',
        attempts: 1,
        finishedAt: sql`now()`,
        lastStatus: record.status,
        lastDurationMs: record.durationMs,
        history: withRecord(record),
      } as const
      const [row] = await db.update(webhookDeliveries).set(outcome).where(eq(seq, test.seq)).returning()
      return row ?? test
    },

    async sweep() {
      await db.execute(sql`
        delete from webhook_deliveries where state <> 'waiting' and created_at < now() - make_interval(days => ${KEPT_DAYS})`)
      await removeBeyond(db, sql`state <> 'waiting'`, KEPT_OVER)
      return removeBeyond(db, sql`state = 'waiting'`, MOST_WAITING)
    },
  }
}

async function removeBeyond(db: Db, which: ReturnType<typeof sql>, most: number): Promise<Map<string, number>> {
  const { rows } = await db.execute(sql`
    with gone as (
      delete from webhook_deliveries d using (
        select w.id, (
          select seq from webhook_deliveries where webhook_id = w.id and ${which} order by seq desc offset ${most} limit 1
        ) as last from webhooks w
      ) beyond
      where d.webhook_id = beyond.id and d.seq <= beyond.last and ${which} returning d.webhook_id
    )
    select webhook_id, count(*)::int as count from gone group by webhook_id`)
  return new Map((rows as { webhook_id: string; count: number }[]).map((row) => [row.webhook_id, row.count]))
}
