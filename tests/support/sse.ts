import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { SseParser } from './sse-parser.ts'

/** One event, with its data read as JSON where it is a JSON object. */
export interface Frame {
  type: string
  data: string
  lastEventId: string
  body: Record<string, unknown>
}

/** An open event stream, or the refusal that came instead. Close it when done. */
export interface EventStream {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Every event so far, in order. */
  readonly frames: readonly Frame[]
  readonly comments: readonly string[]
  /** What a reconnect would send as `Last-Event-ID`. */
  readonly lastEventId: string
  readonly retryMs: number | null
  /** The text that came in place of a stream; empty for a stream. */
  readonly text: string
  /** Settles once the stream has ended, from whichever side. */
  readonly ended: Promise<void>
  /** Resolves with the first event, past or to come, that `test` accepts; rejects at the deadline or at the end. */
  waitFor(test: (frame: Frame) => boolean, deadlineMs?: number): Promise<Frame>
  /** Stops reading from the socket, as a stalled client does, and goes on again. */
  pause(): void
  resume(): void
  /** Cuts the connection. */
  close(): void
}

export interface StreamOptions {
  channels?: string[]
  token?: string
  lastEventId?: string
  /** Further query parameters. */
  query?: Record<string, string>
  headers?: Record<string, string>
}

/** Opens `GET /api/events` of the server at `url`; resolves once the answer's head has come. */
export async function openEvents(url: string, options: StreamOptions = {}): Promise<EventStream> {
  const address = new URL(`${url.replace(/\/+$/, '')}/api/events`)
  for (const channel of options.channels ?? []) address.searchParams.append('channel', channel)
  for (const [name, value] of Object.entries(options.query ?? {})) address.searchParams.append(name, value)
  const headers = {
    Accept: 'text/event-stream',
    // As browsers and proxies ask. Without an agent Node would say `close`, and be answered by the HTTP server.
    Connection: 'keep-alive',
    ...(options.token !== undefined && { Authorization: `Bearer ${options.token}` }),
    ...(options.lastEventId !== undefined && { 'Last-Event-ID': options.lastEventId }),
    ...options.headers,
  }
  const response = await open(address, headers)
  if (response.headers['content-type']?.startsWith('text/event-stream')) return streamOf(response)
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { ...refusalOf(response), text }
}

function open(address: URL, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // A socket of its own for each stream: the shared agent would hold others back.
    request(address, { headers, agent: false }).on('response', resolve).on('error', reject).end()
  })
}

function refusalOf(response: IncomingMessage): Omit<EventStream, 'text'> {
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    frames: [],
    comments: [],
    lastEventId: '',
    retryMs: null,
    ended: Promise.resolve(),
    waitFor: () => Promise.reject(new Error(`not a stream but ${response.statusCode}`)),
    pause: () => undefined,
    resume: () => undefined,
    close: () => undefined,
  }
}

function streamOf(response: IncomingMessage): EventStream {
  const parser = new SseParser()
  const frames: Frame[] = []
  const watchers = new Set<() => void>()
  let over = false
  const wake = () => {
    for (const watcher of watchers) watcher()
  }
  const ended = new Promise<void>((resolve) => {
    // A cut connection is an error to node:http; to a reader it is the end.
    response
      .on('error', () => undefined)
      .on('close', () => {
        over = true
        wake()
        resolve()
      })
  })
  response.on('data', (chunk: Buffer) => {
    parser.push(chunk)
    for (const event of parser.events.slice(frames.length)) frames.push({ ...event, body: objectOf(event.data) })
    wake()
  })

  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    frames,
    comments: parser.comments,
    get lastEventId() {
      return parser.lastEventId
    },
    get retryMs() {
      return parser.retryMs
    },
    text: '',
    ended,
    waitFor: (test, deadlineMs = 5000) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(timer)
          watchers.delete(look)
          act()
        }
        const fail = (why: string) => {
          const last = frames.slice(-5).map((frame) => frame.data)
          settle(() => reject(new Error(`no such event ${why}; the last of ${frames.length}: ${last.join(' | ')}`)))
        }
        let seen = 0
        const look = () => {
          for (; seen < frames.length; seen++) {
            const frame = frames[seen]
            if (frame && test(frame)) return settle(() => resolve(frame))
          }
          if (over) fail('before the stream ended')
        }
        const timer = setTimeout(() => fail(`within ${deadlineMs} ms`), deadlineMs)
        watchers.add(look)
        look()
      }),
    pause: () => response.pause(),
    resume: () => response.resume(),
    close: () => response.destroy(),
  }
}

function objectOf(data: string): Record<string, unknown> {
  return data.startsWith('{') ? (JSON.parse(data) as Record<string, unknown>) : {}
}
