import type { OpenLink } from './link.ts'
import type { Receipt } from './messages.ts'
import { RequestError } from './request.ts'
import type { Ending, StopReason } from './state.ts'

/** How long the answer to a ping may take, in milliseconds. */
const PONG_MS = 5000
/** Close codes after which coming again would not help; others are the network's. */
const FINAL: Record<number, StopReason> = { 4001: 'kicked', 4009: 'replaced' }

interface Answer {
  type: string
  id?: string
  ackId?: number
  code?: string
  message?: string
}

interface Question {
  /** The type of frame that answers it. */
  answer: string
  resolve: (answer: unknown) => void
  reject: (error: Error) => void
}

/** Opens a WebSocket (RFC 6455). What is asked of the server over it rejects when the socket closes first. */
export const openSocket: OpenLink = ({ address, token, env, signal }, { hear, end }) => {
  const url = address('ws')
  // A browser can set no header here.
  if (token !== null) url.searchParams.set('token', token)
  if (!env.WebSocket) throw new TypeError('there is no WebSocket here; hand one in as environment.WebSocket')
  const socket = new env.WebSocket(url.href.replace(/^http/, 'ws'))
  const questions = new Map<number, Question>()
  let asked = 0

  function ask<T>(frame: object, answer: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const ackId = ++asked
      questions.set(ackId, { answer, resolve: resolve as Question['resolve'], reject })
      socket.send(JSON.stringify({ ...frame, ackId }))
    })
  }

  function settle({ ackId, ...answer }: Answer & { ackId: number }) {
    const question = questions.get(ackId)
    if (answer.type === 'error') question?.reject(new RequestError(0, answer.code ?? '', answer.message ?? ''))
    else if (answer.type === question?.answer) question.resolve(answer)
    else return
    questions.delete(ackId)
  }

  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const frame = env.parse(data) as Answer
    const { type, id = null, ackId } = frame
    if (ackId !== undefined) settle({ ...frame, ackId })
    else if (type === 'pong') hear(null, null)
    else if (type !== 'error') hear({ ...frame }, id)
    if (type === 'pong' && id !== null) hear(null, id)
  }

  // A close always follows; where sockets are event emitters, an error that nobody hears would end the process.
  socket.onerror = () => {}
  socket.onclose = ({ code, reason }) => {
    for (const { reject } of questions.values()) reject(new Error('the connection was cut'))
    end(endingOf(code, reason))
  }

  signal.addEventListener('abort', () => socket.close())

  return {
    async change({ subscribe, unsubscribe, presence }) {
      const changes = [
        ...unsubscribe.map((channel) => ask({ type: 'unsubscribe', channel }, 'unsubscribed')),
        ...subscribe.map((channel) => ask({ type: 'subscribe', channel, ...(presence && { presence }) }, 'subscribed')),
        // Its answer carries the position from which on the new channels are followed.
        ask({ type: 'ping' }, 'pong'),
      ]
      await Promise.all(changes)
    },
    async publish({ channel, message, ...how }) {
      const { id, timestamp, ...rest } = await ask<Receipt>({ type: 'publish', channel, message, ...how }, 'ack')
      const { recipients } = rest
      return { ...(id !== undefined && { id }), channel, timestamp, ...(recipients !== undefined && { recipients }) }
    },
    ask() {
      ask({ type: 'ping' }, 'pong').catch(() => {})
      return PONG_MS
    },
  }
}

/** Tells what the close of a socket means for the client; the reason of a refusal begins with its code. */
function endingOf(code: number, reason: string): Ending {
  const final = FINAL[code]
  if (final) return { kind: 'final', reason: final }
  if (code !== 1008 || reason.startsWith('rate_limited')) return { kind: 'lost' }
  if (/^(unauthorized|invalid_token)/.test(reason)) return { kind: 'final', reason: 'unauthorized' }
  return { kind: 'final', reason: reason.startsWith('forbidden') ? 'forbidden' : 'rejected' }
}
