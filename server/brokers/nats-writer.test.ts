import { JetStreamApiError } from '@nats-io/jetstream'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Append } from './broker.ts'
import { NatsKeys } from './nats-keys.ts'
import { decodeHead, type RecordHead } from './nats-record.ts'
import type { NatsStream } from './nats-stream.ts'
import { NatsTail } from './nats-tail.ts'
import { NatsWriter, placeFirsts } from './nats-writer.ts'

it('places what is published one after the other, and leaves out what is not', () => {
  const group = [2, 3, 1].map((length) => ({ messages: Array.from({ length }), idempotent: null }) as unknown as Append)
  expect(placeFirsts(group, [true, true, true], 10)).toEqual([11, 13, 16])
  expect(placeFirsts(group, [true, false, true], 10)).toEqual([11, null, 13])
})

/** What becomes of one try, in milliseconds: how long it is on its way there, and its answer back; null: it is lost. */
interface Trip {
  thereMs: number | null
  backMs: number | null
}

interface Scene {
  /** Of the first tries; later ones take no time. */
  trips: Trip[]
  /** When somebody else writes. */
  othersAtMs?: number[]
  /** How long after it was stored a group is read; null for never. */
  readMs?: number | null
  /** Whether NATS still knows the id of what it has stored. */
  knowsIds?: boolean
}

type Options = Parameters<ReturnType<NatsStream['link']>['js']['publish']>[2] & object

const GROUP: Append[] = [
  { messages: [{ channel: 'a', body: '{}', exclude: null }], idempotent: null } as unknown as Append,
]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Plays a stream with latencies and losses, and a node that writes one group into it. */
async function play({ trips, othersAtMs = [], readMs = 0, knowsIds = true }: Scene) {
  const tail = new NatsTail()
  tail.reset({ seq: 10, epoch: 'e1', floor: 0, offset: 5, last: { seq: 10, id: 'r10' } })
  const stored: RecordHead[] = []
  const own = new Set<string>()
  /** When the writer could first know that its group is in. */
  let heardAtMs = Infinity
  const hear = () => void (heardAtMs = Math.min(heardAtMs, performance.now()))
  const seqOf = (id: string) => 11 + stored.findIndex((head) => head.id === id)

  function store(head: RecordHead): void {
    const seq = 11 + stored.push({ ...head, before: 5 + stored.length }) - 1
    if (readMs === null) return
    setTimeout(() => {
      if (own.has(head.id)) hear()
      tail.put(seq, stored[seq - 11]!, [])
    }, readMs)
  }

  function take(options: Options): { seq: number } | JetStreamApiError {
    const head = decodeHead(options.headers)!
    if (knowsIds && seqOf(head.id) > 10) return { seq: seqOf(head.id) }
    const last = 10 + stored.length
    if (options.expect!.lastSequence !== last) {
      return new JetStreamApiError({ code: 400, err_code: 10_071, description: `wrong last sequence: ${last}` })
    }
    own.add(head.id)
    store(head)
    return { seq: last + 1 }
  }

  function publish(_subject: string, _data: unknown, options: Options): Promise<{ seq: number }> {
    const { thereMs, backMs } = trips.shift() ?? { thereMs: 0, backMs: 0 }
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('timeout')), options.timeout)
      if (thereMs === null) return
      const untilMs = performance.now() + options.timeout!
      setTimeout(() => {
        const answer = take(options)
        if (backMs === null) return
        setTimeout(() => {
          if (answer instanceof Error) return reject(answer)
          if (performance.now() < untilMs) hear()
          resolve(answer)
        }, backMs)
      }, thereMs)
    })
  }

  const link = () => ({ nc: { info: { max_payload: 1_000_000 } }, js: { publish } })
  const stream = { link, subjectOf: (kind: string) => kind, partSubject: 'part' } as unknown as NatsStream
  for (const [i, atMs] of othersAtMs.entries()) {
    const head = { id: `other${i}`, epoch: 'e1', floor: 0, before: 0, count: 1, keys: [], parts: [] }
    setTimeout(() => store(head), atMs)
  }
  const writer = new NatsWriter({ stream, tail, keys: new NatsKeys() })
  const outcome = writer.write('e1', GROUP).then(
    (written) => ({ before: written!.before, error: null, atMs: performance.now() }),
    (error: Error) => ({ before: null, error: error.message, atMs: performance.now() }),
  )
  const startMs = performance.now()
  await vi.advanceTimersByTimeAsync(20_000)
  const { before, error, atMs } = await outcome
  const places = stored.flatMap(({ id, before: place }) => (own.has(id) ? [place] : []))
  return { before, error, places, tookMs: atMs - startMs, heardMs: heardAtMs - startMs }
}

const SLOW = { thereMs: 0, backMs: 1200 }

it('takes the answer of a try that another one has followed', async () => {
  const { before, places, tookMs } = await play({ trips: Array.from({ length: 5 }, () => SLOW), readMs: null })
  expect({ before, places, tookMs }).toEqual({ before: 5, places: [5], tookMs: 1200 })
})

it.each([true, false])('goes on behind what others wrote when all tries were refused late', async (knowsIds) => {
  const slow = { thereMs: 100, backMs: 1200 }
  const { before, places } = await play({ trips: [slow, slow], othersAtMs: [50], knowsIds })
  expect({ before, places }).toEqual({ before: 6, places: [6] })
})

it('finds by reading that its group is in when the answer is lost and a second try is refused', async () => {
  const trips = [{ thereMs: 0, backMs: null }]
  const { before, places } = await play({ trips, othersAtMs: [500], knowsIds: false })
  expect({ before, places }).toEqual({ before: 5, places: [5] })
})

it('finds by reading that its group is in when no answer comes at all', async () => {
  const trips = Array.from({ length: 20 }, () => ({ thereMs: 0, backMs: null }))
  const { before, places, tookMs } = await play({ trips, readMs: 10 })
  expect({ before, places }).toEqual({ before: 5, places: [5] })
  expect(tookMs).toBeLessThanOrEqual(4000)
})

it('does not know when nothing is answered, and nothing read', async () => {
  const trips = Array.from({ length: 20 }, () => ({ thereMs: null, backMs: null }))
  const { error, places, tookMs } = await play({ trips, readMs: null })
  expect({ error, places }).toEqual({ error: 'timeout', places: [] })
  expect(tookMs).toBeLessThanOrEqual(4100)
})

const wayMs = fc.option(fc.nat(2500), { freq: 4 })
const scene = fc.record({
  trips: fc.array(fc.record({ thereMs: wayMs, backMs: wayMs }), { maxLength: 6 }),
  othersAtMs: fc.array(fc.nat(4000), { maxLength: 4 }),
  readMs: fc.option(fc.nat(1500), { freq: 6 }),
  knowsIds: fc.boolean(),
})

it('writes once, where it says, and refuses nothing that it could know to be in, whatever comes late or never', async () => {
  const ends = { written: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(scene, async (setting) => {
      const { before, places, tookMs, heardMs } = await play({ ...setting, trips: [...setting.trips] })
      if (before !== null) {
        ends.written++
        expect(places).toEqual([before])
      } else {
        ends.refused++
        expect(places.length).toBeLessThanOrEqual(1)
        expect(heardMs).toBeGreaterThan(tookMs)
      }
    }),
    { numRuns: 500 },
  )
  expect(ends.written).toBeGreaterThan(100)
  expect(ends.refused).toBeGreaterThan(5)
})
