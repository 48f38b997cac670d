import pg from 'pg'
import type { Logger } from 'pino'

/** Pause before the connection is made anew, in milliseconds. */
const RECONNECT_MS = 500

/** A connection that hears PostgreSQL's notifications, and is made anew when it breaks. */
export interface PostgresListener {
  /**
   * Calls `onPayload` with what is notified on `channel`, and `onOpen` each time that the connection has been made:
   * what came in between was told to nobody. Returns how to stop.
   */
  listen(channel: string, onPayload: (payload: string) => void, onOpen?: () => void): () => void
  /** Whether the connection stands. */
  isOpen(): boolean
  close(): Promise<void>
}

interface Ear {
  channel: string
  onPayload: (payload: string) => void
  onOpen: () => void
}

/** Opens the connection; LISTEN belongs to a session, so it is one of its own, past any pooler. */
export function createPostgresListener(connectionString: string, log: Logger): PostgresListener {
  const ears = new Set<Ear>()
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let isOpen = false
  let closed = false

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true, application_name: 'yayin-listen' })
    client = fresh
    fresh.on('notification', ({ channel, payload = '' }) => {
      for (const ear of ears) if (ear.channel === channel) ear.onPayload(payload)
    })
    fresh.on('error', (err) => log.debug({ err }, 'The listening connection broke'))
    fresh.on('end', () => {
      if (client !== fresh) return
      isOpen = false
      if (!closed) timer = setTimeout(reconnect, RECONNECT_MS).unref()
    })
    await fresh.connect()
    for (const channel of new Set([...ears].map((ear) => ear.channel))) await hear(fresh, channel)
    isOpen = true
    for (const ear of ears) ear.onOpen()
  }

  function reconnect(): void {
    connect().catch((err: unknown) => {
      log.debug({ err }, 'The listening connection could not be made')
      const failed = client
      client = null
      isOpen = false
      void failed?.end().catch(() => undefined)
      if (!closed) timer = setTimeout(reconnect, RECONNECT_MS).unref()
    })
  }

  reconnect()
  return {
    listen(channel, onPayload, onOpen = () => undefined) {
      const ear: Ear = { channel, onPayload, onOpen }
      ears.add(ear)
      if (isOpen && client !== null) {
        // Should it fail, the connection is broken, and the next one hears of this channel too.
        hear(client, channel).then(onOpen, (err: unknown) => log.debug({ err }, 'The listening connection broke'))
      }
      return () => void ears.delete(ear)
    },
    isOpen: () => isOpen,
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

async function hear(client: pg.Client, channel: string): Promise<void> {
  await client.query(`listen ${pg.escapeIdentifier(channel)}`)
}
