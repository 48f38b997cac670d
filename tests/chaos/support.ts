import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { openEvents } from '../support/sse.ts'
import type { TestServer } from '../support/server.ts'

/** What one reader got, over all its connections. */
export interface Reader {
  /** Ids in the order of arrival. */
  readonly ids: string[]
  /** Certificates other than `none` and `complete`. */
  readonly gaps: unknown[]
  /** How often it was connected. */
  connections(): number
  /** Reads until it has `lastId`, then stops; rejects at the deadline. */
  finish(lastId: string, deadlineMs: number): Promise<void>
}

/** Starts a reader of `channel` that is cut at random moments and resumes by its last event ID. */
export function startReader(server: TestServer, channel: string, random: () => number): Reader {
  const ids: string[] = []
  const gaps: unknown[] = []
  let lastEventId: string | undefined
  let connections = 0
  let goal: string | null = null
  const reached = () => goal !== null && ids.includes(goal)

  async function connectOnce(): Promise<void> {
    const resume = lastEventId === undefined ? {} : { lastEventId }
    const stream = await openEvents(server.url, { channels: [channel], ...resume })
    if (stream.status !== 200) return
    connections++
    const cutAt = performance.now() + random() * 600
    let over = false
    void stream.ended.then(() => (over = true))
    while (!over && (goal !== null || performance.now() < cutAt) && !done(stream)) await delay(5)
    stream.close()
    for (const { body } of stream.frames) take(body)
    if (stream.lastEventId !== '') lastEventId = stream.lastEventId
  }

  function done(stream: { frames: readonly { body: Record<string, unknown> }[] }): boolean {
    return goal !== null && (reached() || stream.frames.some(({ body }) => body.id === goal))
  }

  function take(body: Record<string, unknown>): void {
    if (typeof body.id === 'string') ids.push(body.id)
    const resume = body.resume as { status: string } | undefined
    if (resume?.status === 'gap') gaps.push(resume)
  }

  const running = (async () => {
    while (!reached()) {
      // The server may be down at the moment: an EventSource would come again too.
      await connectOnce().catch(() => undefined)
      await delay(random() * 40)
    }
  })()
  return {
    ids,
    gaps,
    connections: () => connections,
    async finish(lastId, deadlineMs) {
      goal = lastId
      const late = delay(deadlineMs, 'late', { ref: false })
      if ((await Promise.race([running, late])) === 'late') {
        throw new Error(`a reader of ${ids.length} messages did not get ${lastId}; its last is ${ids.at(-1)}`)
      }
    },
  }
}

/** Starts a publisher that publishes one message after the other; `answered` gets the id of each 200. */
export function startPublisher(server: TestServer, channel: string, name: string, answered: string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let running = true
  let refused = 0
  const done = (async () => {
    for (let n = 0; running; n++) {
      const id = await publish(server, agent, { channel, type: 'tick', by: name, n }).catch(() => null)
      if (id !== null) answered.push(id)
      else {
        refused++
        await delay(10)
      }
    }
    agent.destroy()
  })()
  return {
    refused: () => refused,
    async stop() {
      running = false
      await done
    },
  }
}

/** Publishes one message; resolves with its id, or null when it was not answered 200. */
export function publish(server: TestServer, agent: Agent, message: object): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(message)
    const headers = {
      authorization: `Bearer ${server.apiKey}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const req = request(new URL('/api/broadcast', server.url), { method: 'POST', agent, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      res.on('error', reject)
      res.on('end', () => resolve(res.statusCode === 200 ? (JSON.parse(text) as { id: string }).id : null))
    })
    req.setTimeout(15_000, () => req.destroy(new Error('no answer for 15 s')))
    req.on('error', reject)
    req.end(body)
  })
}

/** Returns random numbers that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
