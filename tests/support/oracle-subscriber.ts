import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Arrival, SubscriberRecord } from './oracle-record.ts'
import { SseParser } from './sse-parser.ts'
import { until } from './until.ts'

interface Options {
  name: string
  /** Nodes that it may connect to, the first one first; each is a base address. */
  urls: readonly string[]
  channel: string
  /** User token or API key; null for nobody. */
  token: string | null
  /** How long a node may say nothing before it is left for the next one. */
  silenceMs: number
}

/** A reader of one channel that goes to the next node when its own is gone, and resumes by position. */
export interface Subscriber extends SubscriberRecord {
  /** Resolves once it is greeted for the first time. */
  connected(): Promise<void>
  /** Cuts its connection, as a network does; it comes back at the next node. */
  cut(): void
  stop(): Promise<void>
}

const PAUSE_MS = 100
const FIRST_CONNECTION_MS = 20_000

/** Starts reading; resumes until it is stopped. */
export function startSubscriber({ name, urls, channel, token, silenceMs }: Options): Subscriber {
  const arrivals: Arrival[] = []
  const gaps: unknown[] = []
  let lastEventId = ''
  let connections = 0
  let stopped = false
  let current: ClientRequest | null = null

  function take(data: string): void {
    const frame = JSON.parse(data) as Record<string, unknown>
    if (frame.type === 'connected') {
      connections++
      const resume = frame.resume as { status: string }
      // Coming back with a position is answered with all that was missed, or with what it was not possible to give.
      if (resume.status === 'gap') gaps.push(resume)
    } else if (typeof frame.id === 'string' && typeof frame.by === 'string') {
      arrivals.push({ id: frame.id, by: frame.by, n: Number(frame.n), atMs: performance.now() })
    }
  }

  function read(response: IncomingMessage): void {
    const parser = new SseParser()
    // What a server sends first belongs to the position that this connection came with.
    parser.lastEventId = lastEventId
    let taken = 0
    response.on('data', (chunk: Buffer) => {
      parser.push(chunk)
      while (taken < parser.events.length) take(parser.events[taken++]!.data)
      if (parser.lastEventId !== '') lastEventId = parser.lastEventId
    })
  }

  /** Settles once the connection is over, however that came. */
  function connectOnce(url: string): Promise<void> {
    const address = new URL('/api/events', url)
    address.searchParams.append('channel', channel)
    const headers = {
      Accept: 'text/event-stream',
      // As browsers and proxies ask. Without an agent Node would say `close`, and be answered by the HTTP server.
      Connection: 'keep-alive',
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(lastEventId !== '' && { 'Last-Event-ID': lastEventId }),
    }
    return new Promise((resolve) => {
      const req = request(address, { headers, agent: false })
      current = req
      req.setTimeout(silenceMs, () => req.destroy())
      req.on('error', () => undefined).on('close', () => resolve())
      req.on('response', (response) => {
        response.on('error', () => undefined)
        if (response.statusCode === 200) read(response)
        else req.destroy()
      })
      req.end()
    })
  }

  const running = (async () => {
    for (let i = 0; !stopped; i++) {
      await connectOnce(urls[i % urls.length]!)
      if (!stopped) await delay(PAUSE_MS)
    }
  })()

  return {
    name,
    arrivals,
    gaps,
    get connections() {
      return connections
    },
    async connected() {
      await until(() => connections > 0, { deadlineMs: FIRST_CONNECTION_MS, what: `${name} is connected` })
    },
    cut: () => current?.destroy(),
    async stop() {
      stopped = true
      current?.destroy()
      await running
    },
  }
}
