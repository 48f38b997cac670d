import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Receipt } from '../../shared/api.ts'
import { type SettingKey, SETTINGS } from '../../shared/settings.ts'
import { api } from './api.ts'
import { startLightServer } from './light-server.ts'
import type { TestServer } from './server.ts'
import { type EventStream, openEvents, type StreamOptions } from './sse.ts'

/** An open stream that was greeted. */
export interface Follower extends EventStream {
  connectionId: string
  /** The first frame. */
  connected: Record<string, unknown>
}

interface Claims {
  sub: string
  subscribe?: string[]
  publish?: string[]
  expiresIn?: number
}

/** A server for all tests of a file or suite, and what they do with it. */
export interface ServerInUse {
  readonly server: TestServer
  /** Calls the API as the bearer of `token`; by default of the server's own key, null for nobody. */
  as(token?: string | null): ReturnType<typeof api>
  /** Opens a stream, whatever comes of it; it is closed after the test. */
  open(options?: StreamOptions): Promise<EventStream>
  /** Opens a stream and waits until it is greeted. */
  follow(channels: string[], options?: StreamOptions): Promise<Follower>
  /** Publishes one message as the server's own key, and expects it to be taken. */
  publish(channel: string, message?: object): Promise<Receipt & { id: string }>
  /** Publishes a batch likewise. */
  publishAll(messages: object[]): Promise<(Receipt & { id: string })[]>
  /** Changes a setting, until the test is over. */
  set(key: SettingKey, value: unknown): Promise<void>
  /** Makes an end user's token. */
  tokenFor(claims: Claims): Promise<string>
}

/** Starts a server before the suite's first test and stops it after the last one. */
export function useServer(start: () => Promise<TestServer> = startLightServer): ServerInUse {
  const streams: EventStream[] = []
  const changed = new Set<SettingKey>()
  let server: TestServer | undefined

  beforeAll(async () => {
    server = await start()
  })
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close()
    const keys = [...changed]
    changed.clear()
    for (const key of keys) await change(key, SETTINGS[key].default)
  })
  afterAll(() => server?.stop())

  function started(): TestServer {
    if (!server) throw new Error('the server is not started yet')
    return server
  }

  async function change(key: SettingKey, value: unknown): Promise<void> {
    expect((await api(started()).post('/api/settings', { key, value })).status, `setting ${key}`).toBe(200)
  }

  async function open(options: StreamOptions = {}): Promise<EventStream> {
    const stream = await openEvents(started().url, options)
    streams.push(stream)
    return stream
  }

  return {
    get server() {
      return started()
    },
    as: (token) => api(started(), token),
    open,
    async follow(channels, options = {}) {
      const stream = await open({ channels, ...options })
      expect(stream.status, stream.text).toBe(200)
      const { body } = await stream.waitFor((frame) => frame.body.type === 'connected')
      return Object.assign(Object.create(stream) as EventStream, {
        connectionId: String(body.connectionId),
        connected: body,
      })
    },
    async publish(channel, message = {}) {
      const { status, body } = await api(started()).post<Receipt>('/api/broadcast', { ...message, channel })
      expect(status, JSON.stringify(body)).toBe(200)
      return body as Receipt & { id: string }
    },
    async publishAll(messages) {
      const { status, body } = await api(started()).post<{ messages: Receipt[] }>('/api/broadcast', messages)
      expect(status, JSON.stringify(body)).toBe(200)
      return body.messages as (Receipt & { id: string })[]
    },
    async set(key, value) {
      changed.add(key)
      await change(key, value)
    },
    async tokenFor(claims) {
      const { status, body } = await api(started()).post('/api/auth/tokens', claims)
      expect(status, JSON.stringify(body)).toBe(200)
      return String(body.token)
    },
  }
}

/** The ids of the messages that a stream got, in order of arrival. */
export function idsOf(stream: Pick<EventStream, 'frames'>): string[] {
  return stream.frames.flatMap(({ body }) => (typeof body.id === 'string' ? [body.id] : []))
}

/** The offset of a position `<epoch>.<offset>`. */
export function offsetOf(id: string): number {
  return Number(id.split('.')[1])
}
