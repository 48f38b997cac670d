import { parseObject } from './frame.ts'
import type { OpenLink } from './link.ts'
import { endingOf } from './refusal.ts'
import { createSseParser } from './sse-parser.ts'

const EVENT_STREAM = 'text/event-stream'
/** How long what has come already may take to be read after a sleep, in milliseconds. */
const CATCH_UP_MS = 1000

/**
 * Opens a stream of Server-Sent Events. It is read by `fetch`, which shows what EventSource hides: heartbeats, the
 * status of a refusal, and a place for the token that is not the address.
 */
export const openStream: OpenLink = ({ address, token, env, load, signal }, { hear, end }) => {
  const parse = createSseParser({
    event(data, id) {
      const frame = parseObject(data, env.parse)
      if (frame) hear(frame, id || null)
    },
    position: (id) => hear(null, id),
    comment: () => hear(null, null),
  })

  async function read(): Promise<void> {
    const headers = { Accept: EVENT_STREAM, ...(token !== null && { Authorization: `Bearer ${token}` }) }
    const response = await env.fetch(address('api/events'), { headers, cache: 'no-store', signal })
    const isStream = response.headers.get('content-type')?.startsWith(EVENT_STREAM)
    // A page that a network shows in its place is no stream, and may go away.
    if (response.status !== 200 || !isStream) return end(endingOf(response))
    const reader = response.body!.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parse(value)
    }
    end({ kind: 'lost' })
  }

  read().catch(() => end({ kind: 'lost' }))

  return {
    change: async (change, connectionId) => (await load()).change(change, connectionId, signal),
    publish: null,
    ask: () => CATCH_UP_MS,
  }
}
