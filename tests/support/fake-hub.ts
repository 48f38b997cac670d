import { vi } from 'vitest'
import { type ClientOptions, createClient } from '../../client/src/realtime/client.ts'
import type { State } from '../../client/src/realtime/state.ts'

/** The hub's side of one stream that a client has opened. */
export interface FakeStream {
  readonly url: URL
  readonly headers: Headers
  /** Whether the client has let it go. */
  readonly isClosed: boolean
  write(text: string): Promise<void>
  /** Sends a frame or message; its position is its own `id` unless another is given. */
  send(frame: { id?: string; [field: string]: unknown }, position?: string): Promise<void>
  greet(resume?: object, position?: string): Promise<void>
  /** Ends it from the network's side. */
  cut(): void
}

type Answer = (body: Record<string, unknown>) => Response | Promise<Response>

/** Stands in for the hub; a test plays what it says. */
export interface FakeHub {
  fetch: typeof fetch
  readonly streams: FakeStream[]
  readonly newest: FakeStream
  /** Every request with its body, streams among them. */
  readonly calls: { method: string; url: URL; headers: Headers; body: unknown }[]
  /** Refuses every stream from now on. */
  refuse(status: number, headers?: Record<string, string>): void
  /** Says what requests of a method are answered; null for what they are answered by default. */
  answer(method: string, answer: Answer | null): void
}

/** Creates one; it greets nobody by itself. */
export function playHub(): FakeHub {
  const streams: FakeStream[] = []
  const calls: FakeHub['calls'] = []
  const answers = new Map<string, Answer>()

  return {
    streams,
    calls,
    get newest() {
      return streams.at(-1)!
    },
    refuse: (status, headers = {}) => answers.set('GET', () => new Response(null, { status, headers })),
    answer: (method, answer) => void (answer ? answers.set(method, answer) : answers.delete(method)),
    async fetch(input, init = {}) {
      const url = new URL(input as URL)
      const method = init.method ?? 'GET'
      const headers = new Headers(init.headers)
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
      calls.push({ method, url, headers, body })
      const answer = answers.get(method)
      if (answer) return answer(body as Record<string, unknown>)
      if (!url.pathname.endsWith('/api/events')) return Response.json({})
      const { stream, response } = openStream(url, headers, init.signal)
      streams.push(stream)
      return response
    },
  }
}

/** The requests of a method, as path and body. */
export function answersTo({ calls }: FakeHub, method: string): { path: string; body: unknown }[] {
  return calls.flatMap((call) => (call.method === method ? [{ path: call.url.pathname, body: call.body }] : []))
}

function openStream(url: URL, headers: Headers, signal?: AbortSignal | null) {
  let isClosed = false
  let controller: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) })
  signal?.addEventListener('abort', () => {
    isClosed = true
    controller.error(signal.reason)
  })
  const write = async (text: string) => {
    if (!isClosed) controller.enqueue(new TextEncoder().encode(text))
    await vi.advanceTimersByTimeAsync(0)
  }
  const send: FakeStream['send'] = (frame, position = frame.id) =>
    write(`${position === undefined ? '' : `id: ${position}\n`}data: ${JSON.stringify(frame)}\n\n`)
  const stream: FakeStream = {
    url,
    headers,
    get isClosed() {
      return isClosed
    },
    write,
    send,
    greet: (resume = { status: 'none' }, position = 'e1.10') => {
      const channels = url.searchParams.getAll('channel')
      return send({ type: 'connected', connectionId: 'c1', channels, resume }, position)
    },
    cut: () => {
      if (!isClosed) controller.close()
    },
  }
  return { stream, response: new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }) }
}

/** Opens a client of the hub, in a page of its own, and keeps what it says. */
export async function startClient(hub: FakeHub, options: ClientOptions = {}) {
  const states: State[] = []
  const messages: unknown[] = []
  const gaps: unknown[] = []
  const page = {
    window: new EventTarget(),
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  }
  const client = createClient({
    url: 'https://hub.example',
    channels: ['broadcast'],
    transport: 'sse',
    ...options,
    environment: { fetch: hub.fetch, random: () => 0.5, storage: undefined, ...page, ...options.environment },
  })
  client.onMessage((message) => messages.push(message))
  client.onState((state) => states.push(state))
  client.onGap((gap) => gaps.push(gap))
  await settle()
  return { client, states, messages, gaps, ...page }
}

/** Lets promises that have been settled run, and what is loaded on demand come. */
export async function settle() {
  await vi.advanceTimersByTimeAsync(0)
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(0)
}
