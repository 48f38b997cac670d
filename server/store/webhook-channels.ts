import { sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import { newsRows, WANTED, type WebhookNews } from './webhook-outbox.ts'

/** Channels that webhooks were told are occupied, kept so that whoever comes next goes on from there. */
export interface OccupiedChannels {
  all(): Promise<string[]>
  /** Notes channels, of which `subject` names each, and tells of those that were not noted. Returns how many deliveries. */
  occupy(news: readonly WebhookNews[]): Promise<number>
  /** The contrary. */
  vacate(news: readonly WebhookNews[]): Promise<number>
  /** Drops channels of which nobody wants to be told any more. */
  forget(names: readonly string[]): Promise<void>
}

/** Opens the table of occupied channels. A change and what is told of it are one commit. */
export function createOccupiedChannels(db: Db): OccupiedChannels {
  async function tell(news: readonly WebhookNews[], change: ReturnType<typeof sql>): Promise<number> {
    const { rowCount } = await db.execute(sql`
      with news as (select * from ${newsRows(news)}), changed as (${change} returning name)
      insert into webhook_deliveries (webhook_id, event, subject, payload)
      select webhooks.id, news.event, news.subject, news.payload
      from news join changed on changed.name = news.subject ${WANTED} order by news.n`)
    return rowCount ?? 0
  }

  return {
    async all() {
      const { rows } = await db.execute(sql`select name from webhook_channels`)
      return (rows as { name: string }[]).map(({ name }) => name)
    },
    occupy: (news) =>
      tell(news, sql`insert into webhook_channels (name) select subject from news on conflict (name) do nothing`),
    vacate: (news) => tell(news, sql`delete from webhook_channels where name in (select subject from news)`),
    async forget(names) {
      await db.execute(sql`delete from webhook_channels where name = any(${sql.param([...names])}::text[])`)
    },
  }
}
