/** A message as a subscriber got it. */
export interface Arrival {
  id: string
  /** The publisher's name and its number for the message: together they are unique. */
  by: string
  n: number
  /** By the monotonic clock of the oracle's process. */
  atMs: number
}

/** What one subscriber got, over all its connections. */
export interface SubscriberRecord {
  name: string
  /** In the order of arrival. */
  arrivals: readonly Arrival[]
  /** What it was told of gaps: it should be nothing. */
  gaps: readonly unknown[]
  /** How often it was connected. */
  connections: number
}

/** How one request of a publisher ended. */
export interface Attempt {
  by: string
  n: number
  url: string
  startedAtMs: number
  endedAtMs: number
  /** `cut`: the connection broke or could not be made; `silent`: there was no answer within the limit. */
  outcome:
    | { kind: 'answered'; status: number; id: string | null; retryAfterSeconds: number | null }
    | { kind: 'cut' }
    | { kind: 'silent'; isExcused: boolean }
}

/** Everything that an oracle has seen. */
export interface OracleRecord {
  subscribers: readonly SubscriberRecord[]
  /** In the order in which they ended. */
  attempts: readonly Attempt[]
}

/** Faults of one kind that are listed; more are counted. */
const SHOWN = 5

/**
 * Holds what was seen against the promises, and returns what breaks them, in words: nothing if all is well. Every
 * message that was answered 200 reached every subscriber exactly once, ids grew strictly, the order was the same for
 * all, nobody was told of a gap, and every request was answered 200, or 503 with `Retry-After`, within its limit.
 */
export function findFaults({ subscribers, attempts }: OracleRecord): string[] {
  return [
    ...subscribers.flatMap(orderFaults),
    ...subscribers.flatMap((subscriber) => lossFaults(subscriber, attempts)),
    ...differenceFaults(subscribers),
    ...answerFaults(attempts),
  ]
}

function orderFaults({ name, arrivals, gaps }: SubscriberRecord): string[] {
  const back = arrivals.filter(({ id }, i) => i > 0 && !isAfter(id, arrivals[i - 1]!.id))
  const seen = new Set<string>()
  const numbers = new Map<string, number>()
  const doubled: Arrival[] = []
  const swapped: Arrival[] = []
  for (const arrival of arrivals) {
    const key = keyOf(arrival)
    if (seen.has(key)) doubled.push(arrival)
    else if (arrival.n < (numbers.get(arrival.by) ?? 0)) swapped.push(arrival)
    else numbers.set(arrival.by, arrival.n)
    seen.add(key)
  }
  return [
    ...listed(`${name}: id did not grow at`, back.map(textOf)),
    ...listed(`${name}: got a message twice:`, doubled.map(textOf)),
    ...listed(`${name}: a publisher's messages are out of order at`, swapped.map(textOf)),
    ...listed(
      `${name}: was told of a gap:`,
      gaps.map((gap) => JSON.stringify(gap)),
    ),
  ]
}

function lossFaults({ name, arrivals }: SubscriberRecord, attempts: readonly Attempt[]): string[] {
  const got = new Map(arrivals.map((arrival) => [keyOf(arrival), arrival.id]))
  const lost: string[] = []
  const other: string[] = []
  for (const attempt of attempts) {
    const id = answeredId(attempt)
    if (id === null) continue
    const arrived = got.get(keyOf(attempt))
    if (arrived === undefined) lost.push(`${keyOf(attempt)} (${id})`)
    else if (arrived !== id) other.push(`${keyOf(attempt)} (answered ${id}, arrived as ${arrived})`)
  }
  return [
    ...listed(`${name}: lost what was answered 200:`, lost),
    ...listed(`${name}: got another id than was answered:`, other),
  ]
}

function differenceFaults([first, ...others]: readonly SubscriberRecord[]): string[] {
  if (first === undefined) return ['there was no subscriber']
  const expected = first.arrivals.map(({ id }) => id)
  return others.flatMap(({ name, arrivals }) => {
    if (arrivals.length === expected.length && arrivals.every(({ id }, i) => id === expected[i])) return []
    const at = arrivals.findIndex(({ id }, i) => id !== expected[i])
    const where = at < 0 ? 'the end' : `message ${at}: ${arrivals[at]!.id}, not ${expected[at]}`
    return [`${name} got ${arrivals.length} messages, ${first.name} ${expected.length}; they part at ${where}`]
  })
}

function answerFaults(attempts: readonly Attempt[]): string[] {
  const silent = attempts.filter(({ outcome }) => outcome.kind === 'silent' && !outcome.isExcused)
  const wrong = attempts.filter(({ outcome }) => {
    if (outcome.kind !== 'answered' || outcome.status === 200) return false
    return outcome.status !== 503 || outcome.retryAfterSeconds === null
  })
  const answers = attempts.filter((attempt) => answeredId(attempt) !== null)
  return [
    ...listed('no answer within the limit:', silent.map(attemptText)),
    ...listed('neither 200 nor 503 with Retry-After:', wrong.map(attemptText)),
    ...(answers.length === 0 ? ['nothing was answered 200'] : []),
  ]
}

/** How long things took, in milliseconds. */
export interface OracleTimes {
  /** From the request that was answered 200 to the arrival at a subscriber, over all subscribers. */
  deliveryMs: { p50: number; p99: number; max: number }
  /** The longest time in which no publish was answered 200. */
  longestWithoutPublishMs: number
  /** Messages that were answered 200, and requests that were answered otherwise or not at all. */
  published: number
  refused: number
}

/** Works out how long what an oracle has seen took. */
export function timesOf({ subscribers, attempts }: OracleRecord): OracleTimes {
  const answered = attempts.filter((attempt) => answeredId(attempt) !== null)
  const startedAt = new Map(answered.map((attempt) => [keyOf(attempt), attempt.startedAtMs]))
  const delivery = subscribers
    .flatMap(({ arrivals }) => arrivals)
    .flatMap((arrival) => {
      const startedAtMs = startedAt.get(keyOf(arrival))
      return startedAtMs === undefined ? [] : [arrival.atMs - startedAtMs]
    })
    .sort((a, b) => a - b)
  const pauses = answered.slice(1).map(({ endedAtMs }, i) => endedAtMs - answered[i]!.endedAtMs)
  const at = (part: number) => Math.round(delivery[Math.floor(part * (delivery.length - 1))] ?? 0)
  return {
    deliveryMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
    longestWithoutPublishMs: Math.round(pauses.reduce((longest, pause) => Math.max(longest, pause), 0)),
    published: answered.length,
    refused: attempts.length - answered.length,
  }
}

/** Returns the id that a publisher was answered with its 200; null when it was not. */
export function answeredId({ outcome }: Attempt): string | null {
  return outcome.kind === 'answered' && outcome.status === 200 ? outcome.id : null
}

/** Tells whether one position comes after another; one of another epoch never does. */
export function isAfter(id: string, before: string): boolean {
  const [epoch, offset] = id.split('.')
  const [epochBefore, offsetBefore] = before.split('.')
  return epoch === epochBefore && Number(offset) > Number(offsetBefore)
}

function keyOf({ by, n }: { by: string; n: number }): string {
  return `${by}-${n}`
}

function textOf(arrival: Arrival): string {
  return `${keyOf(arrival)} (${arrival.id})`
}

function attemptText({ by, n, url, startedAtMs, endedAtMs, outcome }: Attempt): string {
  const how = outcome.kind === 'answered' ? String(outcome.status) : outcome.kind
  return `${by}-${n} at ${url}: ${how} after ${Math.round(endedAtMs - startedAtMs)} ms`
}

function listed(what: string, cases: readonly string[]): string[] {
  if (cases.length === 0) return []
  const more = cases.length > SHOWN ? ` and ${cases.length - SHOWN} more` : ''
  return [`${what} ${cases.slice(0, SHOWN).join(', ')}${more}`]
}
