import { customAlphabet } from 'nanoid'
import type { Append, KeptAnswer } from './broker.ts'
import type { EngineLog, EnginePage, EngineState, EngineWrite } from './engine-log.ts'
import { type RedisClient, renewAfterTimeout } from './redis-connect.ts'
import { answerOf, appendArguments, entriesOf, type StreamReply } from './redis-format.ts'
import { Replication } from './redis-replication.ts'
import { APPEND, OPEN, PROBE, TRIM } from './redis-scripts.ts'

/** How long a read waits for messages, in milliseconds. */
const BLOCK_MS = 1000
/** Messages that are read at a time. */
const PAGE = 512

const newEpoch = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789', 8)

export interface RedisLogParts {
  /** Begins all keys. */
  prefix: string
  /** For what changes the log, one group at a time. */
  writer: RedisClient
  /** For the read that waits. */
  reader: RedisClient
  /** For what is answered at once. */
  queries: RedisClient
}

/** Creates the log of a Redis: one stream, whose entries have their offset as their id. */
export function createRedisLog({ prefix, writer, reader, queries }: RedisLogParts): EngineLog {
  // In one slot of a cluster, since one script reads and writes them all.
  const keys = { stream: `{${prefix}}:log`, state: `{${prefix}}:state`, mark: `{${prefix}}:mark:` }
  /** Newest offset that a publisher of this node was answered for; at first, all that is known. */
  let answered: number | null = null
  let seen: EnginePage['state'] = { epoch: '', floor: 0, trimmed: 0 }
  const written = new Replication(writer)
  const read = new Replication(reader)

  /** Lets a connection that hangs be made anew. */
  async function asked<T>(client: RedisClient, answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      renewAfterTimeout(client, error)
      throw error
    }
  }

  async function readState(): Promise<EnginePage['state']> {
    const fields = await asked(queries, queries.hmget(keys.state, 'epoch', 'floor', 'trimmed'))
    const [epoch = null, floor, trimmed] = fields
    if (epoch === null) throw new Error('the log is gone from Redis')
    seen = { epoch, floor: Number(floor), trimmed: Number(trimmed) }
    return seen
  }

  async function open(known: number): Promise<EngineState> {
    for (const { status } of [reader, queries]) if (status !== 'ready') throw new Error('Redis is not there yet')
    answered ??= known
    const args = [OPEN, 2, keys.stream, keys.state, newEpoch(), known, answered] as const
    const [epoch = '', ...numbers] = (await asked(writer, writer.eval(...args))) as string[]
    const [head = 0, floor = 0, trimmed = 0, replicas = 0] = numbers.map(Number)
    await asked(writer, written.settled(replicas))
    seen = { epoch, floor, trimmed }
    return { ...seen, head }
  }

  async function write(expected: string, group: readonly Append[]): Promise<EngineWrite | null> {
    const { marks, values } = appendArguments(group, keys.mark)
    const head = [expected, newEpoch(), String(answered ?? 0)]
    const args = [APPEND, 2 + marks.length, keys.stream, keys.state, ...marks, ...head, ...values] as const
    const reply = await asked(
      writer,
      written.after(args, (result) => Number((result as unknown[] | null)?.[1] ?? 0)),
    )
    if (reply === null) return null
    const [before = 0, , ...firsts] = (reply as (string | number)[]).map(Number)
    const outcome = { before, firsts: firsts.map((first) => (first === 0 ? null : first)) }
    answered = Math.max(answered ?? 0, endOf(group, outcome))
    return outcome
  }

  /** Reads what follows, once a replica has it too: what a failover takes back must not have been delivered. */
  async function readNext(after: number): Promise<StreamReply> {
    const streams = await reader.xread('COUNT', PAGE, 'BLOCK', BLOCK_MS, 'STREAMS', keys.stream, `${after}-0`)
    const entries = streams?.[0]?.[1] ?? []
    if (entries.length > 0 && read.isDue()) await read.after([PROBE, 2, keys.stream, keys.state], Number)
    return entries
  }

  return {
    open,
    write,
    async read(after, limit) {
      const found = queries.xrange(keys.stream, `${after + 1}-0`, '+', 'COUNT', limit)
      const entries = entriesOf(await asked(queries, found))
      // Read afterwards: what has been trimmed by then may be missing above.
      return { entries, state: await readState() }
    },
    async next(after) {
      const entries = entriesOf(await asked(reader, readNext(after)))
      // What follows on is of the same epoch: another one begins far ahead.
      const follows = entries[0]?.offset === after + 1
      return { entries, state: follows ? seen : await readState() }
    },
    async trim(through) {
      await asked(writer, writer.eval(TRIM, 2, keys.stream, keys.state, through))
    },
    async answer(key): Promise<KeptAnswer | null> {
      return answerOf(await asked(queries, queries.get(keys.mark + key)))
    },
  }
}

/** Offset of the last message that was written, or that was there before. */
function endOf(group: readonly Append[], { before, firsts }: EngineWrite): number {
  return group.reduce((sum, { messages }, i) => sum + (firsts[i] === null ? 0 : messages.length), before)
}
