import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import type { Position } from '../../shared/protocol.ts'
import { logEntry, newMessage } from '../../tests/support/hub.ts'
import { until } from '../../tests/support/until.ts'
import type { Append, LogEntry } from './broker.ts'
import { EngineBroker, type TakeScheduled } from './engine-broker.ts'
import type { EngineLog, EngineState } from './engine-log.ts'

/** An engine in memory, to which other nodes write too, and which may be away or lose its log. */
class MemoryEngine implements EngineLog {
  state: EngineState = { epoch: 'e1', head: 0, floor: 0, trimmed: 0 }
  entries: LogEntry[] = []
  isAway = false
  /** Called in the middle of a write, after it is done: what happens then comes before the answer. */
  duringWrite: () => void = () => undefined
  readonly keys = new Set<string>()

  async open(known: number): Promise<EngineState> {
    this.#ask()
    if (known > this.state.head) this.replace('e2', known + 1000)
    return { ...this.state }
  }

  async write(epoch: string, group: readonly Append[]) {
    this.#ask()
    if (epoch !== this.state.epoch) return null
    const before = this.state.head
    const firsts = group.map(({ messages, idempotent }) => {
      if (idempotent !== null && this.keys.has(idempotent.key)) return null
      if (idempotent !== null) this.keys.add(idempotent.key)
      return this.push(messages.length)
    })
    this.duringWrite()
    return { before, firsts }
  }

  async read(after: number, limit: number) {
    this.#ask()
    return { entries: this.entries.filter(({ offset }) => offset > after).slice(0, limit), state: { ...this.state } }
  }

  async next(after: number) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    return this.read(after, 100)
  }

  trim = () => Promise.resolve()
  answer = () => Promise.resolve(null)

  /** Puts messages into the log, as another node does; returns the offset of the first. */
  push(count: number): number {
    const first = this.state.head + 1
    for (let i = 0; i < count; i++) this.entries.push(logEntry(first + i))
    this.state.head += count
    return first
  }

  replace(epoch: string, floor: number): void {
    this.entries = []
    this.state = { epoch, head: floor, floor, trimmed: floor }
  }

  #ask(): void {
    if (this.isAway) throw new Error('away')
  }
}

const schedule: TakeScheduled = (ids, publish) => (ids.includes('gone') ? Promise.resolve(null) : publish())

async function start(engine: MemoryEngine, archived = 0) {
  const log = pino({ level: 'silent' })
  const parts = { kind: 'memory', engine, archived: () => Promise.resolve(archived), takeScheduled: schedule, log }
  const broker = new EngineBroker(parts)
  const heads: Position[] = []
  const handed: LogEntry[] = []
  await broker.start({ onHead: (head) => void heads.push(head), onEntries: (list) => void handed.push(...list) })
  onTestFinished(() => broker.close())
  const offsets = () => handed.map(({ offset }) => offset)
  return { broker, heads, handed, offsets, reaches: (head: number) => until(() => broker.head === head) }
}

const append = (count: number, more: Partial<Append> = {}): Append => ({
  messages: Array.from({ length: count }, (_, n) => newMessage('a', n)),
  idempotent: null,
  ...more,
})

it('hands out what is published here and elsewhere in one order, each once, before it answers', async () => {
  const engine = new MemoryEngine()
  const { broker, handed, offsets, reaches } = await start(engine)
  engine.push(2)
  const own = [broker.append(append(2)), broker.append(append(1))]
  engine.duringWrite = () => void engine.push(1)
  const firsts = await Promise.all(own)
  const answered = firsts.flatMap((first, i) => (i === 0 ? [first, first + 1] : [first]))
  expect(handed.filter(({ source }) => source !== null).map(({ offset }) => offset)).toEqual(answered)
  await reaches(engine.state.head)
  expect(offsets()).toEqual(Array.from({ length: engine.state.head }, (_, i) => i + 1))
})

it('begins after the newest message, and hands out nothing of before, when it starts', async () => {
  const engine = new MemoryEngine()
  engine.push(5)
  const { broker, heads, offsets } = await start(engine, 3)
  expect([heads, offsets(), broker.head]).toEqual([[{ epoch: 'e1', offset: 5 }], [], 5])
})

it('goes on over offsets that belong to no message', async () => {
  const engine = new MemoryEngine()
  const { broker, heads, offsets } = await start(engine)
  engine.state.head = 1000
  expect(await broker.append(append(1))).toBe(1001)
  expect([offsets(), heads.length]).toEqual([[1001], 1])
})

it('refuses an append whose key was used, and no other of its group', async () => {
  const engine = new MemoryEngine()
  const { broker } = await start(engine)
  engine.keys.add('used')
  const group = ['fresh', 'used', 'other'].map((key) =>
    broker.append(append(1, { idempotent: { key, answer: '[]' } })).catch((error: unknown) => error),
  )
  expect(await Promise.all(group)).toEqual([1, expect.objectContaining({ code: 'conflict' }), 2])
})

it('publishes scheduled messages unless one has left the schedule', async () => {
  const { broker, offsets } = await start(new MemoryEngine())
  expect(await broker.append(append(1, { scheduled: ['due'] }))).toBe(1)
  await expect(broker.append(append(1, { scheduled: ['gone'] }))).rejects.toMatchObject({ code: 'conflict' })
  expect(offsets()).toEqual([1])
})

it('refuses appends while the engine is away, and goes on with what it missed', async () => {
  const engine = new MemoryEngine()
  const { broker, offsets, heads, reaches } = await start(engine)
  engine.isAway = true
  await until(() => !broker.ok())
  await expect(broker.append(append(1))).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
  await expect(broker.catchUp()).rejects.toMatchObject({ code: 'unavailable' })
  engine.push(3)
  engine.isAway = false
  await until(() => broker.ok())
  expect(await broker.append(append(1))).toBe(4)
  await reaches(4)
  expect([offsets(), heads.length]).toEqual([[1, 2, 3, 4], 1])
})

it('begins a new epoch far ahead, and refuses what it wrote, when the log turns out to be an older copy', async () => {
  const engine = new MemoryEngine()
  const { broker, offsets, heads } = await start(engine)
  await broker.append(append(3))
  engine.state.head = 1
  await expect(broker.append(append(1))).rejects.toMatchObject({ code: 'unavailable' })
  await until(() => broker.ok())
  expect(heads.at(-1)).toEqual({ epoch: 'e2', offset: 1003 })
  expect(await broker.append(append(1))).toBe(1004)
  expect(offsets()).toEqual([1, 2, 3, 1004])
})

it('refuses what it wrote when the log is replaced before what lies in front of it was read', async () => {
  const engine = new MemoryEngine()
  const { broker, offsets, heads } = await start(engine)
  engine.next = () => new Promise(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  engine.push(1)
  engine.duringWrite = () => engine.replace('e5', 50_000)
  await expect(broker.append(append(2))).rejects.toMatchObject({ code: 'unavailable' })
  expect([offsets(), heads.at(-1)]).toEqual([[], { epoch: 'e5', offset: 50_000 }])
})

it('begins anew after what was trimmed when it was too far behind', async () => {
  const engine = new MemoryEngine()
  const { heads, offsets, reaches } = await start(engine)
  engine.push(10)
  engine.entries = engine.entries.filter(({ offset }) => offset > 6)
  engine.state.trimmed = 6
  await reaches(10)
  expect([heads.at(-1), offsets()]).toEqual([{ epoch: 'e1', offset: 6 }, [7, 8, 9, 10]])
})

it('catches up at once when it is asked to', async () => {
  const engine = new MemoryEngine()
  const { broker, offsets } = await start(engine)
  engine.next = () => new Promise(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  engine.push(2)
  await Promise.all([broker.catchUp(), broker.catchUp()])
  expect(offsets()).toEqual([1, 2])
})
