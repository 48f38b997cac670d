import { sql } from 'drizzle-orm'
import type { Db } from './database.ts'

/** One of several nodes at a time reads the log and watches the channels. */
export interface WebhookLease {
  /** Takes it, or keeps it for longer; false while another node has it. */
  take(holder: string): Promise<boolean>
  release(holder: string): Promise<void>
}

/** How long a node has it after it last asked, in seconds. */
const LEASE_SECONDS = 10

/** Opens the table of the one lease. */
export function createWebhookLease(db: Db): WebhookLease {
  return {
    async take(holder) {
      const { rowCount } = await db.execute(sql`
        insert into webhook_lease (id, holder, held_until)
        values (1, ${holder}, now() + make_interval(secs => ${LEASE_SECONDS}))
        on conflict (id) do update set holder = excluded.holder, held_until = excluded.held_until
        where webhook_lease.holder = excluded.holder or webhook_lease.held_until < now()`)
      return rowCount === 1
    },
    async release(holder) {
      await db.execute(sql`delete from webhook_lease where holder = ${holder}`)
    },
  }
}
