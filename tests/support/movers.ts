import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { createClient, type Environment, type State } from '../../client/src/realtime/index.ts'
import { until } from './until.ts'

/** Node 20 has no WebSocket of its own; this one is the same to whoever uses it. */
const environment = { WebSocket: WebSocket as unknown as Environment['WebSocket'] }

/** A client of the library that keeps all that it is told. */
export interface Mover {
  /** Ids of messages in the order in which they came. */
  readonly ids: string[]
  /** From the publish to its arrival, in milliseconds. */
  readonly delaysMs: number[]
  readonly gaps: unknown[]
  readonly states: State['status'][]
  /** Ids of the connections that it had. */
  readonly connectionIds: string[]
  close(): void
}

/** Opens a client of `url` that follows `channel`; resolves once it is live. */
export async function startMover(url: string, channel: string, transport: 'sse' | 'ws'): Promise<Mover> {
  const client = createClient({ url, channels: [channel], transport, environment })
  const mover: Mover = {
    ids: [],
    delaysMs: [],
    gaps: [],
    states: [],
    connectionIds: [],
    close: () => client.close(),
  }
  client.onMessage(({ id, at }) => {
    mover.ids.push(id!)
    mover.delaysMs.push(Date.now() - Number(at))
  })
  client.onGap((gap) => mover.gaps.push(gap))
  client.onState((state) => {
    mover.states.push(state.status)
    if (state.status === 'live') mover.connectionIds.push(state.connectionId)
  })
  await until(() => client.state.status === 'live', { deadlineMs: 15_000, what: 'the client is live' })
  return mover
}

/** Publishes one message after the other, each until it is answered 200. */
export interface SteadyPublisher {
  /** Ids in the order of the answers. */
  readonly ids: string[]
  /** Resolves with the last id. */
  stop(): Promise<string>
}

/** Starts one; it comes again with the same key when it gets no answer, so nothing is published twice. */
export function publishSteadily(url: string, apiKey: string, channel: string, everyMs: number): SteadyPublisher {
  const ids: string[] = []
  let running = true

  async function send(body: string, key: string): Promise<string | null> {
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    }
    const signal = AbortSignal.timeout(5000)
    const response = await fetch(`${url}/api/broadcast`, { method: 'POST', headers, body, signal })
    return response.status === 200 ? ((await response.json()) as { id: string }).id : null
  }

  const done = (async () => {
    while (running) {
      const [key, body] = [randomUUID(), JSON.stringify({ channel, type: 'tick', at: Date.now() })]
      const id = await until(() => send(body, key), { deadlineMs: 30_000, everyMs: 20, what: 'a publish is answered' })
      ids.push(id)
      await delay(everyMs)
    }
  })()
  return {
    ids,
    async stop() {
      running = false
      await done
      return ids.at(-1)!
    },
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
