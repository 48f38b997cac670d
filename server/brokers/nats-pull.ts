import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream'
import { createInbox, type Msg, type MsgHdrs } from '@nats-io/transport-node'
import { type NatsLink, placed } from './nats-connection.ts'

/** Longest that a page is waited for, in milliseconds. */
const PAGE_MS = 3000
/** How long NATS keeps a reader that is not used, in nanoseconds. */
const UNUSED_NS = 30_000_000_000

/** One of a stream's messages. */
export interface StreamMessage {
  seq: number
  headers: MsgHdrs | undefined
  data: Uint8Array
  /** When the server took it in. */
  time: Date
}

/** What a page is of. */
export interface PageQuery {
  stream: string
  subject: string
  /** Sequence, or epoch milliseconds, of the first message. */
  from: { seq: number } | { sinceMs: number }
  limit: number
  /** Leaves the messages' data away. */
  headersOnly: boolean
}

/** Reads what a stream has at this moment, up to a limit; fewer messages than that are all that there are. */
export async function readMessages(link: NatsLink, query: PageQuery): Promise<StreamMessage[]> {
  const { stream, subject, from, limit, headersOnly } = query
  const start =
    'seq' in from
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.max(1, from.seq) }
      : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(from.sinceMs).toISOString() }
  const options = {
    ...start,
    ack_policy: AckPolicy.None,
    filter_subject: subject,
    headers_only: headersOnly,
    mem_storage: true,
    inactive_threshold: UNUSED_NS,
  }
  const { name } = await placed(() => link.readers.add(stream, options))
  try {
    return await pull(link, `$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`, limit)
  } finally {
    link.readers.delete(stream, name).catch(() => false)
  }
}

/** Asks once, without waiting for what is not there yet; a status in place of a message says that there is no more. */
function pull({ nc }: NatsLink, subject: string, batch: number): Promise<StreamMessage[]> {
  return new Promise((resolve, reject) => {
    const messages: StreamMessage[] = []
    const inbox = createInbox()
    const timer = setTimeout(() => end(new Error(`NATS gave no page within ${PAGE_MS} ms`)), PAGE_MS)
    const subscription = nc.subscribe(inbox, {
      callback: (error, message) => {
        const code = message.headers?.code ?? 0
        if (error) end(error)
        else if (code === 404 || code === 408) end(null)
        else if (code !== 0) end(new Error(`NATS gave no page: ${code} ${message.headers?.description}`))
        else if (messages.push(messageOf(message)) === batch) end(null)
      },
    })
    const end = (error: Error | null) => {
      clearTimeout(timer)
      subscription.unsubscribe()
      if (error) reject(error)
      else resolve(messages)
    }
    nc.publish(subject, JSON.stringify({ batch, no_wait: true }), { reply: inbox })
  })
}

function messageOf({ reply = '', headers, data }: Msg): StreamMessage {
  return { ...placeOf(reply), headers, data }
}

/**
 * Reads a message's place out of its reply subject: `$JS.ACK.stream.consumer.delivered.seq.consumerSeq.nanoseconds.pending`,
 * where newer servers put a domain and an account before the stream.
 */
export function placeOf(reply: string): { seq: number; time: Date } {
  const tokens = reply.split('.')
  const shift = tokens.length > 9 ? 2 : 0
  return { seq: Number(tokens[5 + shift]), time: new Date(Number(tokens[7 + shift]) / 1_000_000) }
}
