import { randomBytes } from 'node:crypto'
import { type Publisher, startPublisher } from './oracle-publisher.ts'
import { answeredId, type Attempt, findFaults, isAfter, type OracleTimes, timesOf } from './oracle-record.ts'
import { startSubscriber, type Subscriber } from './oracle-subscriber.ts'
import { until } from './until.ts'

interface Options {
  /** Base addresses of the nodes; they stay the same when a node is started again. */
  urls: readonly string[]
  /** A key that is good on every node. */
  apiKey: string
  subscribers?: number
  publishers?: number
  /** How long a publisher's request may go without an answer. */
  answerLimitMs?: number
  /** Pause of each publisher after each message. */
  pauseMs?: number
  /** How long a node may send nothing before a subscriber leaves it. */
  silenceMs?: number
  /** Where messages go; a channel of this oracle alone unless given. */
  channel?: string
}

/** Subscribers and publishers over several nodes, and what they have seen. */
export interface Oracle {
  readonly subscribers: readonly Subscriber[]
  /** How every request to publish ended, in that order. */
  readonly attempts: readonly Attempt[]
  /** Messages that were answered 200 so far. */
  published(): number
  /** Resolves once `count` more messages were answered 200 than when it was called. */
  morePublished(count: number, deadlineMs?: number): Promise<void>
  /** Lets a node be silent, from now until the function that it returns is called: it was frozen on purpose. */
  excuse(url: string): () => void
  /**
   * Stops the publishers, waits until every subscriber has the newest message, stops those too, and returns what breaks
   * the promises, in words (see {@link findFaults}), and how long things took.
   */
  finish(deadlineMs?: number): Promise<{ faults: string[]; times: OracleTimes }>
  /** Stops everything at once, for a test that failed. */
  close(): Promise<void>
}

/** Starts the subscribers and, once all are connected, the publishers; each has another node as its first. */
export async function startOracle({
  urls,
  apiKey,
  subscribers: subscriberCount = 6,
  publishers: publisherCount = 6,
  answerLimitMs = 15_000,
  pauseMs = 5,
  silenceMs = 5000,
  channel = `public/oracle-${randomBytes(4).toString('hex')}`,
}: Options): Promise<Oracle> {
  const attempts: Attempt[] = []
  const excused = new Map<string, number>()
  let published = 0
  const from = (i: number) => urls.map((_, k) => urls[(i + k) % urls.length]!)
  const subscribers = Array.from({ length: subscriberCount }, (_, i) =>
    startSubscriber({ name: `subscriber ${i}`, urls: from(i), channel, token: apiKey, silenceMs }),
  )
  const publishers: Publisher[] = []
  const close = async () => {
    await Promise.allSettled([...publishers, ...subscribers].map((one) => one.stop()))
  }
  try {
    await Promise.all(subscribers.map((subscriber) => subscriber.connected()))
  } catch (error) {
    await close()
    throw error
  }
  const onAttempt = (attempt: Attempt) => {
    attempts.push(attempt)
    if (answeredId(attempt) !== null) published++
  }
  const isExcused = (url: string) => (excused.get(url) ?? 0) > 0
  const common = { channel, apiKey, answerLimitMs, pauseMs, isExcused, onAttempt }
  for (let i = 0; i < publisherCount; i++) publishers.push(startPublisher({ ...common, name: `p${i}`, urls: from(i) }))

  return {
    subscribers,
    attempts,
    published: () => published,
    async morePublished(count, deadlineMs = 20_000) {
      const goal = published + count
      await until(() => published >= goal, { deadlineMs, what: `${count} more messages are answered 200` })
    },
    excuse(url) {
      excused.set(url, (excused.get(url) ?? 0) + 1)
      return () => void excused.set(url, (excused.get(url) ?? 0) - 1)
    },
    async finish(deadlineMs = 30_000) {
      try {
        await Promise.all(publishers.map((publisher) => publisher.stop()))
        await allArrived(subscribers, attempts, deadlineMs)
      } finally {
        await close()
      }
      return { faults: findFaults({ subscribers, attempts }), times: timesOf({ subscribers, attempts }) }
    },
    close,
  }
}

/** Waits for the newest message; one that stays away becomes a fault that the check finds. */
async function allArrived(subscribers: readonly Subscriber[], attempts: readonly Attempt[], deadlineMs: number) {
  const ids = attempts.flatMap((attempt) => answeredId(attempt) ?? [])
  const last = ids.reduce((newest, id) => (isAfter(id, newest) ? id : newest), ids[0] ?? '')
  const has = ({ arrivals }: Subscriber) => arrivals.at(-1)?.id === last || arrivals.some(({ id }) => id === last)
  await until(() => subscribers.every(has), { deadlineMs, everyMs: 25 }).catch(() => undefined)
}
