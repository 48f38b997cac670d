import type pg from 'pg'
import type { Logger } from 'pino'
import { type Bus, type Note, noteOf } from './bus.ts'
import { PartReader, partsOf } from './note-parts.ts'
import type { PostgresListener } from './postgres-listener.ts'

const CHANNEL = 'yayin_bus'
/** Notes that may wait while the database is away; older ones are dropped. */
const MAX_WAITING = 10_000
/** Payloads sent with one query. */
const BATCH = 200

/** Creates the bus of nodes that share a PostgreSQL, over its notifications. `node` is this node's name. */
export function createPostgresBus(node: string, listener: PostgresListener, pool: pg.Pool, log: Logger): Bus {
  const ears = new Set<(note: Note, from: string) => void>()
  const reader = new PartReader()
  let serial = 0
  let waiting: string[][] = []
  let sending: Promise<void> | null = null

  const stop = listener.listen(CHANNEL, (payload) => {
    if (payload.startsWith(`${node} `)) return
    const whole = reader.read(payload)
    if (whole === null) return
    const note = noteOf(whole.text)
    if (note !== null) for (const ear of ears) ear(note, whole.node)
  })

  async function sendAll(): Promise<void> {
    // What this turn brings goes out together.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const payloads = waiting.splice(0, BATCH).flat()
      await pool.query(`select pg_notify('${CHANNEL}', payload) from unnest($1::text[]) as payload`, [payloads])
    }
  }

  return {
    send(note) {
      waiting.push(partsOf(node, ++serial, JSON.stringify(note)))
      if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING / 2)
      sending ??= sendAll()
        .catch((err: unknown) => log.debug({ err }, 'Other nodes could not be told'))
        .finally(() => (sending = null))
    },
    isOpen: () => listener.isOpen(),
    listen(ear) {
      ears.add(ear)
      return () => void ears.delete(ear)
    },
    async close() {
      stop()
      await sending
    },
  }
}
