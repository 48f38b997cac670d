import { lookup as resolve, type LookupAddress } from 'node:dns'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AttemptError } from '../../shared/webhooks.ts'
import { errorOf } from './attempt-error.ts'
import type { Outcome } from './plan.ts'

/** An attempt may take this long, from the look-up of the name to the last byte of the answer. */
const TIMEOUT_MS = 15_000
/** What is kept of an answer's body, and what is read of it so that the connection can be used again. */
const KEPT_BYTES = 4096
const READ_BYTES = 65_536
/** How long a connection is kept for the next event. */
const IDLE_MS = 30_000

export interface WebhookRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** Sends requests to addresses that somebody else has chosen. */
export interface Sender {
  /** POSTs once; follows no redirect. Never rejects. */
  send(request: WebhookRequest): Promise<Outcome>
  close(): void
}

export interface SenderOptions {
  /** Tells whether an IP address may be connected to. */
  isAllowed: (address: string) => boolean
  timeoutMs?: number
}

/** Why a connection was not even tried. */
class NotAllowedError extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED'
}

/** Creates a sender that connects to allowed addresses alone: it checks what a name stands for as it connects. */
export function createSender({ isAllowed, timeoutMs = TIMEOUT_MS }: SenderOptions): Sender {
  const options = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 32 }
  const http = new HttpAgent(options)
  const https = new HttpsAgent(options)
  const lookup = guardedLookup(isAllowed)

  function post({ url, headers, body }: WebhookRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const target = new URL(url)
    // No name to look up: Node connects to what is an address already without asking.
    const literal = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !isAllowed(literal)) return Promise.reject(new NotAllowedError())
    const isSecure = target.protocol === 'https:'
    const [request, agent] = isSecure ? [requestHttps, https] : [requestHttp, http]
    return new Promise((answered, failed) => {
      const sent = request(target, { method: 'POST', headers, agent, lookup, signal })
      sent.on('response', answered)
      sent.on('error', (error) => failed(Object.assign(error, { wasReused: sent.reusedSocket })))
      sent.end(body)
    })
  }

  /** The receiver may have closed a kept connection in the very moment in which it was used again. */
  function postTwice(request: WebhookRequest, signal: AbortSignal): Promise<IncomingMessage> {
    return post(request, signal).catch((error: unknown) => {
      const { wasReused } = error as { wasReused?: boolean }
      if (wasReused !== true || signal.aborted) throw error
      return post(request, signal)
    })
  }

  return {
    async send(given) {
      const startedAtMs = performance.now()
      const durationMs = () => Math.round(performance.now() - startedAtMs)
      const request = { ...given, headers: { ...given.headers, 'content-length': `${Buffer.byteLength(given.body)}` } }
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await postTwice(request, signal)
        const response = await readStart(answer)
        const retryAfterSeconds = readRetryAfter(answer.headers['retry-after'])
        return { kind: 'answered', status: answer.statusCode!, response, retryAfterSeconds, durationMs: durationMs() }
      } catch (error) {
        return { kind: 'unreachable', error: reasonOf(error, signal), durationMs: durationMs() }
      }
    },
    close() {
      http.destroy()
      https.destroy()
    },
  }
}

function reasonOf(error: unknown, signal: AbortSignal): AttemptError {
  return signal.aborted ? 'timeout' : errorOf(error)
}

/** Looks a name up and gives out allowed addresses alone, so that what was checked is what is connected to. */
function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, '')
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (first === undefined) return done(new NotAllowedError(), '')
      if (options.all === true) done(null, allowed)
      else done(null, first.address, first.family)
    })
  }
}

/** Reads the beginning of a body; a long one is cut off, and one that breaks off is what came of it. */
async function readStart(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let [kept, read] = [0, 0]
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if (kept < KEPT_BYTES) chunks.push(chunk.subarray(0, KEPT_BYTES - kept))
      kept += chunk.length
      read += chunk.length
      if (read > READ_BYTES) break
    }
  } catch {
    // The status has come, and it is what counts.
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Reads Retry-After (RFC 9110 §10.2.3): seconds, or a date. Null when it is neither. */
export function readRetryAfter(text: string | undefined, nowMs = Date.now()): number | null {
  if (text === undefined) return null
  if (/^\d{1,9}$/.test(text.trim())) return Number(text)
  const atMs = /^[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(atMs) ? null : Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}
