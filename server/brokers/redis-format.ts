import type { Append, KeptAnswer, LogEntry } from './broker.ts'

/** How long an Idempotency-Key stands, in seconds. */
const KEY_SECONDS = 300
/** How long a scheduled message is known to have been published, should its row outlive that, in seconds. */
const SCHEDULED_SECONDS = 86_400

/** Entries of a stream, each its id and its fields' names and values in turn. */
export type StreamReply = [id: string, fields: string[]][]

/** Reads a stream's entries. */
export function entriesOf(reply: StreamReply): LogEntry[] {
  return reply.map(([id, fields]) => {
    const [, channel = '', , body = '', , exclude = null] = fields
    return { offset: Number(id.slice(0, id.indexOf('-'))), channel, body, exclude, source: null }
  })
}

/** The part of a script's arguments that holds the appends, and the keys of what marks them as published. */
export function appendArguments(group: readonly Append[], prefix: string): { marks: string[]; values: string[] } {
  const marks: string[] = []
  const values: string[] = []
  for (const { messages, idempotent, scheduled = [] } of group) {
    const own = idempotent === null ? scheduled.map((id) => `scheduled:${id}`) : [idempotent.key]
    for (const mark of own) marks.push(prefix + mark)
    const seconds = idempotent === null ? SCHEDULED_SECONDS : KEY_SECONDS
    values.push(String(messages.length), String(own.length), String(seconds), idempotent?.answer ?? '')
    for (const { channel, body, exclude } of messages) values.push(channel, body, exclude ?? '')
  }
  return { marks, values }
}

/** Reads `<epoch> <offset> <epoch milliseconds> <answer>`, as the script keeps it. */
export function answerOf(kept: string | null): KeptAnswer | null {
  const found = /^(\S+) (\d+) (\d+) /.exec(kept ?? '')
  if (kept === null || found === null) return null
  const [head, epoch = '', offset, atMs] = found
  return { answer: kept.slice(head.length), first: { epoch, offset: Number(offset) }, atMs: Number(atMs) }
}
