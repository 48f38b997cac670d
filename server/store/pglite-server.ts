import { createServer, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'
import { createUnitReader, type Unit } from './pglite-frames.ts'

type Session = Pick<PGlite, 'execProtocolRawStream'>
interface Turn {
  client: Socket
  unit: Unit
}

/** Sync, then the simple query ROLLBACK: brings the session back to rest after a client that left. */
const RESET = Buffer.from('S\x00\x00\x00\x04Q\x00\x00\x00\x0dROLLBACK\x00', 'latin1')
const READY_FOR_QUERY = Buffer.from('Z\x00\x00\x00\x05', 'latin1')
const IDLE = 'I'.charCodeAt(0)

/**
 * Serves PGlite's one session to several PostgreSQL clients over a unix socket. Clients take turns by whole
 * units; whoever is inside a transaction keeps the session until it ends, or is rolled back when the client leaves.
 * `onFatal` hears of a session that is broken for good. Returns how to stop; open clients are then cut off.
 */
export async function servePglite(
  session: Session,
  socketPath: string,
  onFatal: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const clients = new Set<Socket>()
  let turns: Turn[] = []
  let owner: Socket | null = null
  let busy = false
  let atWork: Promise<void> = Promise.resolve()

  async function pump(): Promise<void> {
    busy = true
    for (let turn = nextTurn(); turn !== undefined; turn = nextTurn()) await take(turn)
    busy = false
  }

  function nextTurn(): Turn | undefined {
    const index = owner === null ? 0 : turns.findIndex((turn) => turn.client === owner)
    return index < 0 ? undefined : turns.splice(index, 1)[0]
  }

  async function take({ client, unit }: Turn): Promise<void> {
    owner = client
    let tail = Buffer.alloc(0)
    await session.execProtocolRawStream(unit.bytes, {
      onRawData: (bytes) => {
        // PGlite uses its buffer again, and the socket may keep what it is given.
        const copy = Buffer.from(bytes)
        tail = copy.length >= 6 ? copy.subarray(-6) : Buffer.concat([tail, copy]).subarray(-6)
        if (client.writable) client.write(copy)
      },
    })
    if (unit.kind !== 'flush' && atRest(tail)) owner = null
  }

  function enqueue(client: Socket, unit: Unit): void {
    turns.push({ client, unit })
    if (!busy) atWork = pump().catch(onFatal)
  }

  function handle(client: Socket, unit: Unit): void {
    if (unit.kind === 'ssl') client.write('N')
    else if (unit.kind === 'cancel') client.end()
    else if (unit.kind !== 'terminate') enqueue(client, unit)
  }

  function forget(client: Socket): void {
    clients.delete(client)
    turns = turns.filter((turn) => turn.client !== client)
    if (owner === client) enqueue(client, { bytes: RESET, kind: 'query' })
  }

  const server = createServer((client) => {
    const read = createUnitReader()
    clients.add(client)
    client.on('data', (chunk) => {
      try {
        for (const unit of read(chunk)) handle(client, unit)
      } catch {
        client.destroy()
      }
    })
    client.on('error', () => client.destroy())
    client.on('close', () => forget(client))
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, resolve)
  })

  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    turns = []
    for (const client of clients) client.destroy()
    await closed
    await atWork
  }
}

/** Tells whether an answer ends in ReadyForQuery outside a transaction. */
function atRest(tail: Buffer): boolean {
  return tail.length === 6 && tail.subarray(0, 5).equals(READY_FOR_QUERY) && tail[5] === IDLE
}
