import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'
import { linesFor, type Proxy } from '../proxies.ts'
import { type Answer, ask, textOf } from './ask.ts'
import { collect, type Collected } from './collect.ts'
import { hold } from './held.ts'
import { authorizationOf, PATIENCE_MS, streamOf, type Target } from './target.ts'

/** Looks at an event stream: whether messages come at once, and whether it stands while nothing is published. */
export async function stream(target: Target): Promise<Finding[]> {
  const answer = await open(target, 'identity')
  if ('check' in answer) return [answer]
  const collected = collect(answer.body)
  const flow = await lookAtFlow(collected, target)
  if (flow.outcome !== 'fail' && target.idleMs > 0) return [flow, await holdIdle(answer, collected, target)]
  answer.body.destroy()
  return [flow]
}

/**
 * The first frame comes with the head, which some let through and hold back what follows. So somebody else joins the
 * channel, which the stream is told of: that needs no right to publish.
 */
async function lookAtFlow(collected: Collected, target: Target): Promise<Finding> {
  if (!(await collected.until((text) => text !== '', PATIENCE_MS))) return buffered(target.proxy)
  const joining = join(target)
  const isTold = await collected.until((text) => text.includes('"presence_join"'), PATIENCE_MS)
  const didJoin = await joining
  if (isTold)
    return { check: 'buffering', outcome: 'ok', says: 'a stream begins at once, and so does each message come' }
  if (didJoin) return buffered(target.proxy)
  const says = `a stream begins at once; whether the rest comes so was not to be seen, since nobody else may follow ${target.channel}`
  return { check: 'buffering', outcome: 'ok', says }
}

/** Follows the channel for a moment; resolves with whether that was allowed, as far as an answer came. */
async function join(target: Target): Promise<boolean> {
  // A user's second connection is no newcomer; each of a key's is.
  const key = target.key?.startsWith('yk_') ? target.key : null
  try {
    const { status, body } = await ask(streamOf(target, '/api/events'), {
      headers: authorizationOf({ key }),
      timeoutMs: PATIENCE_MS,
    })
    body.destroy()
    return status === 200
  } catch {
    // Its head may be held back as well.
    return true
  }
}

async function open(target: Target, encoding: string): Promise<Answer | Finding> {
  const headers = { Accept: 'text/event-stream', 'Accept-Encoding': encoding, ...authorizationOf(target) }
  let answer: Answer
  try {
    const address = streamOf(target, '/api/events')
    address.searchParams.set('presence', '1')
    answer = await ask(address, { headers, timeoutMs: PATIENCE_MS })
  } catch (error) {
    // Some hold back the head as well.
    if ((error as Error).name === 'TimeoutError') return buffered(target.proxy)
    return { check: 'stream', outcome: 'fail', says: `no stream: ${reasonOf(error)}` }
  }
  if (answer.status === 200 && answer.headers['content-type']?.startsWith('text/event-stream')) return answer
  return refused(answer, target)
}

async function refused(answer: Answer, { channel }: Target): Promise<Finding> {
  const { status } = answer
  const says = `no stream of ${channel}: ${status} ${(await textOf(answer)).slice(0, 200)}`
  if (status !== 401 && status !== 403) return { check: 'stream', outcome: 'fail', says }
  const change = ['give a key with --key, or a channel that everybody may follow with --channel']
  return { check: 'stream', outcome: 'skip', says: `${channel} is not for everybody (${status})`, change }
}

function buffered(proxy: Proxy | null): Finding {
  return {
    check: 'buffering',
    outcome: 'fail',
    says: `a message had not come after ${PATIENCE_MS / 1000} s: something on the way holds streams back`,
    change: linesFor(proxy, {
      nginx: 'proxy_buffering off; proxy_http_version 1.1; and no proxy_ignore_headers X-Accel-Buffering;',
      Caddy: 'reverse_proxy … { flush_interval -1 }',
      HAProxy: 'no option http-buffer-request, and no filter that needs whole answers',
    }),
    see: 'buffering',
  }
}

async function holdIdle({ body }: Answer, { openedAt, lastAt }: Collected, target: Target): Promise<Finding> {
  const { idleMs, proxy, signal } = target
  const onEnd = (listener: () => void) => (body.closed ? listener() : void body.once('close', listener))
  const connection = { openedAt, lastAt, onEnd, close: () => void body.destroy() }
  const held = await hold(connection, idleMs, signal)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  if (held.kind === 'stood') {
    const says = `a stream stood for ${seconds(idleMs)} s, with nothing but the hub’s own signs of life`
    return { check: 'idle cut', outcome: 'ok', says }
  }
  return {
    check: 'idle cut',
    outcome: 'fail',
    says: `a stream was cut after ${seconds(held.afterMs)} s, ${seconds(held.silentMs)} s after its last byte`,
    change: [
      ...linesFor(proxy, {
        nginx: 'proxy_read_timeout 1h;',
        Caddy: 'no read_timeout or write_timeout in transport http',
        HAProxy: 'timeout server 1h, timeout client 1h, timeout tunnel 1h',
      }),
      `or the setting heartbeat_interval below ${Math.max(1, Math.floor(held.silentMs / 2000))} s`,
    ],
    see: 'idle-cut',
  }
}

/** Looks whether something on the way compresses a stream for a browser, which takes any encoding. */
export async function compression(target: Target): Promise<Finding[]> {
  const answer = await open(target, 'gzip, deflate, br, zstd')
  // What keeps a stream from beginning is told by the other look.
  if ('check' in answer) return []
  const encoding = answer.headers['content-encoding'] ?? 'identity'
  const comes = encoding === 'identity' || (await collect(answer.body).until((text) => text !== '', PATIENCE_MS))
  answer.body.destroy()
  if (encoding === 'identity') return [{ check: 'compression', outcome: 'ok', says: 'streams are not compressed' }]
  return [
    {
      check: 'compression',
      outcome: comes ? 'warn' : 'fail',
      says: `streams are compressed on the way (${encoding})${comes ? ', which may hold back small messages' : ', and held back by that'}`,
      change: linesFor(target.proxy, {
        nginx: 'gzip_types without text/event-stream (and never *)',
        Caddy: 'encode { match { not header Content-Type text/event-stream* } }',
        HAProxy: 'compression type without text/event-stream',
      }),
      see: 'compression',
    },
  ]
}
