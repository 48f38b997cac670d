import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { answeredId, type Attempt } from './oracle-record.ts'

interface Options {
  name: string
  /** Nodes that it may publish to, the first one first; each is a base address. */
  urls: readonly string[]
  channel: string
  apiKey: string
  /** How long a request may go without an answer. */
  answerLimitMs: number
  /** Pause after each message. */
  pauseMs: number
  /** Tells whether a node may be silent at the moment: it was stopped on purpose. */
  isExcused: (url: string) => boolean
  onAttempt: (attempt: Attempt) => void
}

/** A publisher of numbered messages. */
export interface Publisher {
  /** Stops after the message that is under way; rejects when that does not get through within a minute. */
  stop(): Promise<void>
}

/** Pauses before another try, whatever `Retry-After` says. */
const MIN_PAUSE_MS = 50
const MAX_PAUSE_MS = 500
const STOP_DEADLINE_MS = 60_000

/** Starts publishing, one message after the other, each until it is answered 200, by the same Idempotency-Key. */
export function startPublisher(options: Options): Publisher {
  const { name, urls, pauseMs, onAttempt } = options
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let stopped = false
  let givenUp = false
  let turn = 0

  async function publish(n: number): Promise<void> {
    while (!givenUp) {
      const attempt = await attemptOnce(options, agent, urls[turn % urls.length]!, n)
      onAttempt(attempt)
      if (answeredId(attempt) !== null) return
      // A balancer, too, would send it to another node.
      turn++
      const { outcome } = attempt
      const seconds = outcome.kind === 'answered' ? (outcome.retryAfterSeconds ?? 0) : 0
      await delay(Math.min(Math.max(seconds * 1000, MIN_PAUSE_MS), MAX_PAUSE_MS))
    }
  }

  const running = (async () => {
    for (let n = 0; !stopped; n++) {
      await publish(n)
      if (pauseMs > 0) await delay(pauseMs)
    }
    agent.destroy()
  })()

  return {
    async stop() {
      stopped = true
      const late = delay(STOP_DEADLINE_MS, 'late' as const, { ref: false })
      if ((await Promise.race([running, late])) !== 'late') return
      givenUp = true
      throw new Error(`${name} did not get its last message through within ${STOP_DEADLINE_MS} ms`)
    },
  }
}

function attemptOnce(options: Options, agent: Agent, url: string, n: number): Promise<Attempt> {
  const { name: by, channel, apiKey, answerLimitMs, isExcused } = options
  const body = JSON.stringify({ channel, type: 'oracle', by, n })
  const headers = {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': `${channel} ${by} ${n}`,
  }
  const startedAtMs = performance.now()
  return new Promise((resolve) => {
    let excused = isExcused(url)
    const end = (outcome: Attempt['outcome']) => {
      clearTimeout(limit)
      resolve({ by, n, url, startedAtMs, endedAtMs: performance.now(), outcome })
    }
    const req = request(new URL('/api/broadcast', url), { method: 'POST', agent, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      res.on('error', () => end({ kind: 'cut' })).on('aborted', () => end({ kind: 'cut' }))
      res.on('end', () => {
        const status = res.statusCode ?? 0
        const id = status === 200 ? (JSON.parse(text) as { id: string }).id : null
        const after = res.headers['retry-after']
        end({ kind: 'answered', status, id, retryAfterSeconds: after === undefined ? null : Number(after) })
      })
    })
    const limit = setTimeout(() => {
      excused ||= isExcused(url)
      end({ kind: 'silent', isExcused: excused })
      req.destroy()
    }, answerLimitMs)
    req.on('error', () => end({ kind: 'cut' }))
    req.end(body)
  })
}
