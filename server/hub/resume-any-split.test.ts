import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matches } from '../../shared/channel.ts'
import { connectionOptions } from '../../tests/support/connection.ts'
import { startHub, type TestHub, turn } from '../../tests/support/hub.ts'
import { MemoryLog } from '../../tests/support/memory-log.ts'
import { ResumingReader } from '../../tests/support/resuming-reader.ts'

const CHANNELS = ['a', 'b', 'c/1', 'c/2']
const PATTERNS = [['a'], ['b', 'c/*'], ['**'], ['c/1', 'c/**', 'a']]

type Step =
  | { do: 'publish'; channel: string; count: number }
  | { do: 'connect'; reader: number }
  | { do: 'cut'; reader: number; part: number; back: boolean }
  | { do: 'read'; gate: number }
  | { do: 'race'; gate: number; hops: number; channel: string }
  | { do: 'trim'; part: number }
  | { do: 'learn' }
  | { do: 'forget' }
  | { do: 'restart'; part: number }
  | { do: 'pause' }
  | { do: 'flush' }

const reader = fc.nat(PATTERNS.length - 1)
const part = fc.double({ min: 0, max: 1, noNaN: true })
const publish = fc.record({
  do: fc.constant('publish' as const),
  channel: fc.constantFrom(...CHANNELS),
  count: fc.integer({ min: 1, max: 4 }),
})
/** A read goes on, and something is published while the replay that waited for it is at work. */
const race = fc.record({
  do: fc.constant('race' as const),
  gate: fc.nat(7),
  hops: fc.nat(12),
  channel: fc.constantFrom(...CHANNELS),
})
const cut = fc.record({ do: fc.constant('cut' as const), reader, part, back: fc.boolean() })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: publish },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), reader }) },
  { weight: 5, arbitrary: cut },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('read' as const), gate: fc.nat(7) }) },
  { weight: 4, arbitrary: race },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trim' as const), part }) },
  { weight: 2, arbitrary: fc.constant({ do: 'learn' as const }) },
  { weight: 4, arbitrary: fc.constant({ do: 'forget' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), part }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'pause' as const }, { do: 'flush' as const }) },
)

/** Plays steps against a hub; history's reads stand still until a step lets one go on. */
class Play {
  readonly readers = PATTERNS.map((patterns) => new ResumingReader(patterns))
  readonly published: { offset: number; channel: string }[] = []
  readonly log = new MemoryLog()
  readonly #limit: number
  #gates: (() => void)[] = []
  #test!: TestHub

  constructor(pageSize: number, limit: number) {
    this.log.pageSize = pageSize
    this.log.gate = () => new Promise((resolve) => this.#gates.push(resolve))
    this.#limit = limit
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.#start()
    for (const one of this.readers) this.#connect(one)
    for (const next of steps) {
      await this.#do(next)
      await turn()
    }
    await this.#settle()
  }

  async #start(): Promise<void> {
    this.#test = await startHub({ replay_max_messages: this.#limit }, this.log)
  }

  async #do(next: Step): Promise<void> {
    const { hub } = this.#test
    if (next.do === 'publish') await this.#publish(next.channel, next.count)
    else if (next.do === 'connect') this.#connect(this.readers[next.reader]!)
    else if (next.do === 'cut') this.#cut(this.readers[next.reader]!, next.part, next.back)
    else if (next.do === 'read') this.#letRead(next.gate)
    else if (next.do === 'race') await this.#race(next.gate, next.hops, next.channel)
    else if (next.do === 'trim') this.log.trim(Math.round(this.log.head * next.part))
    else if (next.do === 'learn') this.log.knownTrimmed = this.log.trimmedTo
    else if (next.do === 'forget') hub.recent.reset(hub.head)
    else if (next.do === 'pause') hub.outbox.pause(60_000)
    else if (next.do === 'flush') this.#flush()
    else await this.#restart(next.part)
  }

  async #publish(channel: string, count: number): Promise<void> {
    const numbers = Array.from({ length: count }, (_, i) => this.log.head + 1 + i)
    for (const offset of numbers) this.published.push({ offset, channel })
    await this.#test.publish(channel, ...numbers)
  }

  #flush(): void {
    this.#test.hub.outbox.pause(0)
    this.#test.hub.flush()
  }

  #letRead(gate: number): void {
    this.#gates.splice(gate % Math.max(1, this.#gates.length), 1)[0]?.()
  }

  async #race(gate: number, hops: number, channel: string): Promise<void> {
    this.#letRead(gate)
    for (let i = 0; i < hops; i++) await Promise.resolve()
    await this.#publish(channel, 1)
  }

  #connect(reader: ResumingReader): void {
    if (reader.connection !== null) return
    const { options, sink } = connectionOptions({ channels: reader.patterns })
    reader.opened(this.#test.hub.connect(options, reader.lastEventId), sink)
  }

  #cut(reader: ResumingReader, part: number, back = false): void {
    if (reader.connection === null) return
    this.#test.hub.remove(reader.connection, 'closed')
    reader.cut(part)
    if (back) this.#connect(reader)
  }

  async #restart(part: number): Promise<void> {
    for (const reader of this.readers) this.#cut(reader, part)
    this.#test.hub.stop()
    await this.#start()
  }

  /** Lets everybody come back until all are live, then reads what they got. */
  async #settle(): Promise<void> {
    this.log.knownTrimmed = this.log.trimmedTo
    this.#flush()
    for (let round = 0; !this.#allLive(); round++) {
      if (round > 500) throw new Error('a reader never became live')
      for (const reader of this.readers) {
        if (reader.connection?.mode === 'closed') reader.cut(1)
        this.#connect(reader)
      }
      for (const go of this.#gates.splice(0)) go()
      await turn()
    }
    for (const reader of this.readers) this.#cut(reader, 1)
    this.#test.hub.stop()
  }

  #allLive(): boolean {
    return this.readers.every(({ connection }) => connection?.mode === 'live')
  }
}

/** Checks that a reader got every message of its channels once and in order, or was told of a gap that held it. */
function check(reader: ResumingReader, play: Play, limit: number): void {
  const follows = (channel: string) => reader.patterns.some((pattern) => matches(pattern, channel))
  const own = play.published.filter(({ channel }) => follows(channel)).map(({ offset }) => offset)
  const told = (offset: number) => reader.gaps.some(({ from, to }) => offset > from && offset <= to)
  expect(reader.faults).toEqual([])
  expect(reader.received).toEqual(own.filter((offset) => offset > reader.since! && !told(offset)))
  for (const { from, to, reason } of reader.gaps) {
    // No more is given up than has been trimmed, or than leaves as many as may be replayed.
    const replayed = own.filter((offset) => offset > to).length
    expect(to <= play.log.trimmedTo || replayed >= limit).toBe(true)
    expect(reason).toBe(from < play.log.trimmedTo && reason === 'expired' ? 'expired' : 'too_many')
  }
}

it(
  'gives each message once and in order, or tells the gap, when readers are cut and resume anywhere',
  {
    timeout: 60_000,
  },
  async () => {
    const run = fc.asyncProperty(
      fc.array(step, { minLength: 60, maxLength: 120, size: 'max' }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(3, 10_000),
      async (steps, pageSize, limit) => {
        const play = new Play(pageSize, limit)
        await play.run(steps)
        for (const one of play.readers) check(one, play, limit)
      },
    )
    await fc.assert(run, { numRuns: 1500 })
  },
)
