import { setTimeout as delay } from 'node:timers/promises'

/** Pause between looks when nobody has said that there is something, and after a failure. */
const POLL_MS = 1000

/**
 * Publishes what is in the outbox, in its order, until the process ends; returns how to wake it. A message is removed
 * once the hub has it; if that is cut in between, it is published again under the same Idempotency-Key, which the hub
 * takes for the same message.
 * @param {import('./tables.mjs').Database} database
 * @param {import('../kit/hub.mjs').Hub} hub
 */
export function publishOutbox(database, hub) {
  let wake = () => {}

  async function run() {
    for (;;) {
      const woken = new Promise((resolve) => (wake = () => resolve(undefined)))
      try {
        while (await publishNext(database, hub));
      } catch (error) {
        process.stderr.write(`Not published yet: ${/** @type {Error} */ (error).message}\n`)
        await delay(POLL_MS)
        continue
      }
      await Promise.race([woken, delay(POLL_MS)])
    }
  }
  void run()
  return () => wake()
}

/**
 * @param {import('./tables.mjs').Database} database
 * @param {import('../kit/hub.mjs').Hub} hub
 */
async function publishNext(database, hub) {
  const [next] = await database.query('select id, event_id, message, key from booking.outbox order by id limit 1')
  if (!next) return false
  const { id, event_id, message, key } = next
  const headers = { 'Idempotency-Key': key }
  await hub.call('POST', '/api/broadcast', { ...message, channel: `events/${event_id}` }, headers)
  await database.query('delete from booking.outbox where id = $1', [id])
  return true
}
