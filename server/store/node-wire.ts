import { nanoid } from 'nanoid'
import pg from 'pg'
import type { Logger } from 'pino'

/** Carries texts to the other nodes on the same PostgreSQL, now or never: nothing of them is kept. */
export interface NodeWire {
  /** Resolves when the others are about to get it; in the order of the calls. Rejects while the database is away. */
  send(text: string): Promise<void>
  close(): Promise<void>
}

interface Options {
  /** The PostgreSQL’s address. */
  url: string
  /** What the notifications are called; a plain SQL name. */
  name: string
  log: Logger
  /** Hears of each text that another node has sent. */
  onText: (text: string) => void
}

/** A notification holds less than 8000 bytes; this many grow by a third in base64, and a head comes before them. */
const PART_BYTES = 5700
const RECONNECT_MS = 500

/**
 * Parts a text into what fits one notification each: `<sender> <number> <part> <more, or last>:<base64>`. No two are the
 * same, of which PostgreSQL would deliver one.
 */
export function toParts(text: string, sender: string, number: number): string[] {
  const bytes = Buffer.from(text)
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
  return Array.from({ length: count }, (_, i) => {
    const part = bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES).toString('base64')
    return `${sender} ${number} ${i} ${i + 1 < count ? 'more' : 'last'}:${part}`
  })
}

/** Creates what puts parts together again, which come one after the other; null until a text is whole. */
export function createAssembly(ownName: string) {
  let current = ''
  let parts: Buffer[] = []
  return (payload: string): string | null => {
    const match = /^(\S+) (\d+) \d+ (more|last):(.*)$/.exec(payload)
    if (match === null || match[1] === ownName) return null
    const key = `${match[1]} ${match[2]}`
    // What a broken connection cut short is not waited for.
    if (key !== current) parts = []
    current = key
    parts.push(Buffer.from(match[4]!, 'base64'))
    if (match[3] === 'more') return null
    const text = Buffer.concat(parts).toString()
    parts = []
    return text
  }
}

/** Opens the wire, which goes on by itself after the database was away. */
export function openNodeWire({ url, name, log, onText }: Options): NodeWire {
  const sender = nanoid(8)
  const assemble = createAssembly(sender)
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let sent = 0

  async function connect(fresh: pg.Client): Promise<void> {
    fresh.on('notification', ({ payload = '' }) => {
      const text = assemble(payload)
      if (text !== null) onText(text)
    })
    fresh.on('error', (err) => log.debug({ err }, 'The wire between the nodes broke'))
    fresh.on('end', () => {
      if (client === fresh) client = null
      retryLater()
    })
    await fresh.connect()
    await fresh.query(`listen ${name}`)
    client = fresh
  }

  function retryLater(): void {
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(open, RECONNECT_MS).unref()
  }

  function open(): void {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'yayin-wire' })
    connect(fresh).catch((err: unknown) => {
      log.debug({ err }, 'The wire between the nodes could not be laid')
      void fresh.end().catch(() => undefined)
      retryLater()
    })
  }

  open()
  return {
    async send(text) {
      if (client === null) throw new Error('the wire between the nodes is down')
      const parts = toParts(text, sender, ++sent)
      await client.query('select pg_notify($1, part) from unnest($2::text[]) as part', [name, parts])
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
