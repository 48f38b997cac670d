import { streamAddress } from './address.ts'
import { parseObject } from './frame.ts'
import type { OpenLink } from './link.ts'
import { endingOf } from './refusal.ts'
import { bearer } from './request.ts'
import { createSseParser } from './sse-parser.ts'

/** How long what has come already may take to be read after a sleep, in milliseconds. */
const CATCH_UP_MS = 1000

/**
 * Opens a stream of Server-Sent Events. It is read by `fetch`, which shows what EventSource hides: heartbeats, the
 * status of a refusal, and a place for the token that is not the address.
 */
export const openStream: OpenLink = (options, events) => {
  const { hub, token, env, signal, request } = options

  const parse = createSseParser({
    event(data, id) {
      const frame = parseObject(data)
      if (frame) events.frame(frame, id === '' ? null : id)
    },
    position: events.position,
    comment: events.beat,
  })

  async function read(): Promise<void> {
    const headers = { Accept: 'text/event-stream', ...bearer(token) }
    const response = await env.fetch(streamAddress(hub, 'api/events', options), { headers, cache: 'no-store', signal })
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    // A page that a network shows in its place is no stream, and may go away.
    if (response.status !== 200 || !isStream) return events.end(endingOf(response))
    const reader = response.body!.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parse(value)
    }
    events.end({ kind: 'lost' })
  }

  read().catch(() => events.end({ kind: 'lost' }))

  return {
    async change({ presence, ...change }, connectionId) {
      const body = { ...change, ...(presence && { presence }) }
      await request('PATCH', `api/connections/${connectionId}`, { body, signal })
    },
    publish: null,
    ask: () => CATCH_UP_MS,
  }
}
