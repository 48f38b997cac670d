import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { chanceFrom, pick } from './nasty.ts'

/** What networks do to a connection. */
export type Mischief =
  /** Both sides are closed, as by a proxy that has had enough. */
  | 'cut'
  /** Both sides are reset, in the middle of whatever was on its way. */
  | 'reset'
  /** Nothing comes through any more, and nobody is told. */
  | 'half-open'
  /** Answers come late, in pieces of a few bytes. */
  | 'delay'
  /** Event streams are held back from their first byte on, for good; other answers come through. */
  | 'buffer'

interface Options {
  targetPort: number
  /** Kinds to pick from for each connection; repeated ones come more often. */
  mischief: readonly Mischief[]
  /** Longest time until it begins, in milliseconds. */
  withinMs: number
  /** The same seed does the same to the connections in their order. */
  seed: number
}

/** A TCP proxy that does something bad to every connection, sooner or later, while it is bad. It begins good. */
export interface HostileProxy {
  readonly url: string
  /** How often each kind was done. */
  readonly done: Partial<Record<Mischief, number>>
  /** Does something to each connection from now on, those that are open among them. */
  beBad(): void
  /** Lets new connections through unharmed, and cuts those that were harmed. */
  beGood(): void
  close(): Promise<void>
}

interface Pair {
  near: Socket
  far: Socket
  harmed: boolean
}

/** Opens the proxy on a free port of this machine. */
export async function openHostileProxy({ targetPort, mischief, withinMs, seed }: Options): Promise<HostileProxy> {
  const chance = chanceFrom(seed)
  const pairs = new Set<Pair>()
  const timers = new Set<NodeJS.Timeout>()
  const done: HostileProxy['done'] = {}
  let bad = false

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    const pair: Pair = { near, far, harmed: false }
    pairs.add(pair)
    near.on('error', () => undefined).on('data', (bytes) => far.write(bytes))
    far.on('error', () => undefined).on('data', (bytes) => near.write(bytes))
    near.on('close', () => {
      pairs.delete(pair)
      far.destroy()
    })
    far.on('close', () => near.destroy())
    if (bad) threaten(pair)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  function later(ms: number, act: () => void) {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms)
    timers.add(timer)
  }

  function threaten(pair: Pair) {
    const kind = pick(chance, mischief)
    if (kind !== 'buffer') return later(chance() * withinMs, () => harm(pair, kind))
    pair.near.once('data', (bytes) => isEventStream(bytes) && harm(pair, kind))
    // One that has begun already, or is no event stream, is not to get away.
    if (mischief.length > 1) later(withinMs, () => !pair.harmed && harm(pair, 'cut'))
  }

  function harm(pair: Pair, kind: Mischief) {
    if (!bad || !pairs.has(pair)) return
    done[kind] = (done[kind] ?? 0) + 1
    pair.harmed = true
    const { near, far } = pair
    if (kind === 'cut') near.end()
    else if (kind === 'reset') {
      near.resetAndDestroy()
      far.resetAndDestroy()
    } else if (kind === 'delay') {
      trickle(far, near)
      later(withinMs, () => harm(pair, 'cut'))
    } else {
      far.removeAllListeners('data').resume()
      if (kind === 'half-open') near.removeAllListeners('data').resume()
    }
  }

  /** Hands on what comes in pieces that are cut anywhere, one after the other and late. */
  function trickle(from: Socket, to: Socket) {
    const pieces: Buffer[] = []
    const next = () => {
      const piece = pieces.shift()
      if (piece === undefined) return
      to.write(piece)
      later(15, next)
    }
    from.removeAllListeners('data').on('data', (bytes) => {
      const isIdle = pieces.length === 0
      const at = Math.floor(chance() * bytes.length)
      pieces.push(bytes.subarray(0, at), bytes.subarray(at))
      if (isIdle) later(15, next)
    })
  }

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    done,
    beBad() {
      bad = true
      for (const pair of pairs) threaten(pair)
    },
    beGood() {
      bad = false
      for (const { near, harmed } of pairs) if (harmed) near.destroy()
    },
    async close() {
      server.close()
      for (const timer of timers) clearTimeout(timer)
      for (const { near } of pairs) near.destroy()
      await once(server, 'close')
    },
  }
}

function isEventStream(request: Buffer): boolean {
  return request.toString('latin1').startsWith('GET /api/events')
}
