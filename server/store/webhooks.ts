import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { webhookDeliveries, webhooks } from '../../shared/schema.ts'
import { MAX_WEBHOOKS } from '../../shared/webhooks.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'

export type WebhookRow = typeof webhooks.$inferSelect
/** A webhook, with how many deliveries wait, and how many that were given up are kept. */
export type CountedWebhook = WebhookRow & { waiting: number; failed: number }
export type NewWebhook = Pick<WebhookRow, 'name' | 'url' | 'events' | 'channels' | 'secret' | 'enabled' | 'createdBy'>
export type WebhookChanges = Partial<Pick<WebhookRow, 'name' | 'url' | 'events' | 'channels' | 'enabled'>>

/** The webhooks as their owners see and change them. */
export interface WebhookStore {
  /** Lists all, by name. */
  list(): Promise<CountedWebhook[]>
  /** Lists all, as they are needed to choose among them. */
  entries(): Promise<Pick<WebhookRow, 'id' | 'enabled' | 'events' | 'channels'>[]>
  find(id: string): Promise<CountedWebhook | null>
  /** Adds one that gets what happens from now on; null when there are too many. */
  create(webhook: NewWebhook): Promise<CountedWebhook | null>
  /** Changes one; one that begins to be told of messages begins with those to come. Null when it is not there. */
  change(id: string, changes: WebhookChanges): Promise<CountedWebhook | null>
  /** Gives it a new secret; the one before signs too for `overlapHours`. Null when it is not there. */
  rotate(id: string, secret: string, overlapHours: number): Promise<CountedWebhook | null>
  /** Tells whether it was there. */
  remove(id: string): Promise<boolean>
}

const head = sql`(select head from log_state where id = 1)`
const epoch = sql`(select epoch from log_state where id = 1)`

/** Opens the table of webhooks. */
export function createWebhookStore(db: Db): WebhookStore {
  async function counted(rows: WebhookRow[]): Promise<CountedWebhook[]> {
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return []
    const { webhookId, state } = webhookDeliveries
    const counts = await db
      .select({ webhookId, state, count: count() })
      .from(webhookDeliveries)
      .where(and(inArray(webhookId, ids), inArray(state, ['waiting', 'failed'])))
      .groupBy(webhookId, state)
    const countOf = (id: string, wanted: string) =>
      counts.find((row) => row.webhookId === id && row.state === wanted)?.count ?? 0
    return rows.map((row) => ({ ...row, waiting: countOf(row.id, 'waiting'), failed: countOf(row.id, 'failed') }))
  }

  const one = async (rows: WebhookRow[]) => (await counted(rows))[0] ?? null

  return {
    async list() {
      return counted(await db.select().from(webhooks).orderBy(asc(webhooks.name), asc(webhooks.id)))
    },

    entries() {
      const { id, enabled, events, channels } = webhooks
      return db.select({ id, enabled, events, channels }).from(webhooks)
    },

    async find(id) {
      return one(await db.select().from(webhooks).where(isIt(id)))
    },

    async create(webhook) {
      const [total] = await db.select({ count: count() }).from(webhooks)
      if ((total?.count ?? 0) >= MAX_WEBHOOKS) return null
      const { name, createdBy } = webhook
      const texts = { name: storableText(name), createdBy: createdBy && storableText(createdBy) }
      const start = { id: `wh_${nanoid(16)}`, cursorEpoch: epoch, cursorOffset: head }
      return one(
        await db
          .insert(webhooks)
          .values({ ...webhook, ...texts, ...start })
          .returning(),
      )
    },

    change: async (id, changes) =>
      one(
        await db
          .update(webhooks)
          .set({ ...storableChanges(changes), ...startOver(changes), updatedAt: sql`now()` })
          .where(isIt(id))
          .returning(),
      ),

    rotate: async (id, secret, overlapHours) =>
      one(
        await db
          .update(webhooks)
          .set({
            secret,
            previousSecret: webhooks.secret,
            previousSecretUntil: sql`now() + make_interval(secs => ${overlapHours * 3600})`,
            updatedAt: sql`now()`,
          })
          .where(isIt(id))
          .returning(),
      ),

    async remove(id) {
      const gone = await db.delete(webhooks).where(isIt(id)).returning({ id: webhooks.id })
      return gone.length > 0
    },
  }
}

function isIt(id: string) {
  return eq(webhooks.id, storableText(id))
}

function storableChanges({ name, ...others }: WebhookChanges): WebhookChanges {
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(given), ...(name !== undefined && { name: storableText(name) }) }
}

/** What a change forgets of the past: of failures at another address, and of messages that it was not told of. */
function startOver({ enabled, url, events }: WebhookChanges) {
  const health = { failures: 0, pausedUntil: null, failingSince: null }
  const begins = sql`not ${webhooks.enabled} or not ${webhooks.events} @> '["message.published"]'::jsonb`
  const place = {
    cursorEpoch: sql`case when ${begins} then ${epoch} else ${webhooks.cursorEpoch} end`,
    cursorOffset: sql`case when ${begins} then ${head} else ${webhooks.cursorOffset} end`,
  }
  return {
    ...((enabled === true || url !== undefined) && health),
    ...(enabled !== undefined && { disabledReason: null }),
    ...((enabled === true || events?.includes('message.published')) && place),
  }
}
