import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Append } from '../../server/brokers/broker.ts'
import type { EngineLog } from '../../server/brokers/engine-log.ts'
import { openNats } from '../../server/brokers/nats.ts'
import { natsPath, type NatsServer, startNats } from '../support/nats-server.ts'
import { until } from '../support/until.ts'

const log = pino({ level: 'silent' })
const DEADLINE_MS = 15_000

function appendOf(texts: readonly string[], key: string | null = null): Append {
  const messages = texts.map((text) => {
    const body = JSON.stringify({ type: 'message', text })
    const own = { sender: null, timestampMs: 1, exclude: null, acceptedAtMs: 0, recipients: 0 }
    return { channel: 'public/a', type: 'message', body, ...own }
  })
  return { messages, idempotent: key === null ? null : { key, answer: `answer to ${key}` } }
}

describe.skipIf(natsPath === null)('the log of a NATS', () => {
  let nats: NatsServer
  let streams = 0
  beforeAll(async () => {
    nats = await startNats()
  })
  afterAll(() => nats.stop())

  function openLog(stream: string): EngineLog {
    const opened = openNats({ url: `nats://127.0.0.1:${nats.port}`, stream, replicas: null, node: 'n', log })
    onTestFinished(() => opened.close())
    return opened.engine
  }

  async function manage<T>(work: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>): Promise<T> {
    const nc = await connect({ servers: `127.0.0.1:${nats.port}` })
    try {
      return await work(await jetstreamManager(nc))
    } finally {
      await nc.close()
    }
  }

  const newStream = () => `log${++streams}`
  const textsAfter = async (engine: EngineLog, after: number, limit = 10_000) =>
    (await engine.read(after, limit)).entries.map(({ body }) => (JSON.parse(body) as { text: string }).text)

  /** Takes what comes until `count` entries have. */
  async function follow(engine: EngineLog, after: number, count: number): Promise<string[]> {
    const texts: string[] = []
    let at = after
    await until(
      async () => {
        const { entries } = await engine.next(at)
        for (const { offset, body } of entries) {
          expect(offset).toBe(at + 1)
          at = offset
          texts.push((JSON.parse(body) as { text: string }).text)
        }
        return texts.length >= count
      },
      { deadlineMs: DEADLINE_MS, what: `${count} messages come` },
    )
    return texts
  }

  it('gives offsets without a hole, whoever writes, and brings every reader the same', async () => {
    const stream = newStream()
    const [a, b] = [openLog(stream), openLog(stream)]
    const { epoch, head } = await a.open(0)
    expect(await b.open(0)).toEqual({ epoch, head, floor: 0, trimmed: 0 })
    const write = async (engine: EngineLog, name: string) => {
      for (let n = 0; n < 50; n++) {
        const written = await engine.write(epoch, [
          appendOf([`${name}${n}.1`, `${name}${n}.2`]),
          appendOf([`${name}${n}`]),
        ])
        expect(written?.firsts).toEqual([written!.before + 1, written!.before + 3])
      }
    }
    const [, , seen] = await Promise.all([write(a, 'a'), write(b, 'b'), follow(a, 0, 300)])
    expect(seen.filter((text) => text.startsWith('a'))).toEqual(
      Array.from({ length: 50 }, (_, n) => [`a${n}.1`, `a${n}.2`, `a${n}`]).flat(),
    )
    expect(await follow(b, 0, 300)).toEqual(seen)
    const later = openLog(stream)
    expect(await later.open(0)).toEqual({ epoch, head: 300, floor: 0, trimmed: 0 })
    for (const after of [0, 1, 149, 298, 299, 300]) expect(await textsAfter(later, after)).toEqual(seen.slice(after))
    expect(await textsAfter(later, 10, 7)).toEqual(seen.slice(10, 17))
  })

  it('publishes with a key once, also when two nodes try at the same moment, and keeps the answer', async () => {
    const stream = newStream()
    const [a, b] = [openLog(stream), openLog(stream)]
    const { epoch } = await a.open(0)
    await b.open(0)
    for (let n = 0; n < 20; n++) {
      const group = [appendOf([`plain${n}`]), appendOf([`keyed${n}`], `k${n}`)]
      const both = await Promise.all([a.write(epoch, group), b.write(epoch, group)])
      const firsts = both.flatMap((written) => written!.firsts[1] ?? [])
      expect(firsts).toHaveLength(1)
      const kept = { answer: `answer to k${n}`, first: { epoch, offset: firsts[0] }, atMs: expect.any(Number) }
      expect(await a.answer(`k${n}`)).toEqual(kept)
      const later = openLog(stream)
      await later.open(0)
      expect((await later.write(epoch, [group[1]!]))?.firsts).toEqual([null])
      expect(await later.answer(`k${n}`)).toEqual(kept)
    }
    expect(await a.answer('other')).toBeNull()
  })

  it('knows a scheduled message that was published before it was opened', async () => {
    const stream = newStream()
    const [a, b] = [openLog(stream), openLog(stream)]
    const { epoch } = await a.open(0)
    const due = { ...appendOf(['one', 'two']), scheduled: ['x1', 'x2'] }
    expect((await a.write(epoch, [due]))?.firsts).toEqual([1])
    await b.open(0)
    expect((await b.write(epoch, [due]))?.firsts).toEqual([null])
  })

  it('takes a batch that is larger than a message of NATS may be', async () => {
    const stream = newStream()
    const [a, b] = [openLog(stream), openLog(stream)]
    const { epoch } = await a.open(0)
    await b.open(0)
    const texts = Array.from({ length: 60 }, (_, n) => `${n}:${'ü'.repeat(30_000)}`)
    const [big] = await Promise.all([
      a.write(epoch, [appendOf(texts, 'big')]),
      ...Array.from({ length: 5 }, (_, n) => b.write(epoch, [appendOf([`b${n}`])])),
    ])
    const first = big!.firsts[0]!
    const seen = await follow(b, 0, 65)
    expect(seen.slice(first - 1, first + 59)).toEqual(texts)
    const later = openLog(stream)
    await later.open(0)
    expect(await textsAfter(later, first - 1, 60)).toEqual(texts)
    expect((await later.answer('big'))?.answer).toBe('answer to big')
  })

  it('tells what was trimmed, and keeps its place when all of it was', async () => {
    const stream = newStream()
    const a = openLog(stream)
    const { epoch } = await a.open(0)
    for (let n = 1; n <= 20; n++) await a.write(epoch, [appendOf([`${n}`])])
    await a.trim(12)
    const later = openLog(stream)
    expect(await later.open(0)).toEqual({ epoch, head: 20, floor: 0, trimmed: 12 })
    expect((await later.read(5, 100)).state.trimmed).toBe(12)
    expect(await textsAfter(later, 12)).toEqual(['13', '14', '15', '16', '17', '18', '19', '20'])
    await later.trim(20)
    expect(await openLog(stream).open(0)).toMatchObject({ epoch, head: 20, trimmed: 19 })
  })

  it('begins a new epoch far ahead, one for all nodes, when the stream is gone or was made anew', async () => {
    const stream = newStream()
    const [a, b] = [openLog(stream), openLog(stream)]
    const { epoch } = await a.open(0)
    await b.open(0)
    await a.write(epoch, [appendOf(['lost'])])
    await manage((manager) => manager.streams.delete(stream))
    await until(
      () =>
        b.next(1).then(
          () => false,
          () => true,
        ),
      { deadlineMs: DEADLINE_MS },
    )
    const [one, two] = await Promise.all([a.open(1), b.open(1)])
    expect(one).toEqual(two)
    expect(one.epoch).not.toBe(epoch)
    expect(one.head).toBe(one.floor)
    expect(one.floor).toBeGreaterThan(1000)
    expect(await a.write(epoch, [appendOf(['of before'])])).toBeNull()
    expect((await a.write(one.epoch, [appendOf(['new'])]))?.firsts).toEqual([one.floor + 1])
    expect(await follow(b, one.floor, 1)).toEqual(['new'])
  })

  it('begins a new epoch when the stream was set back, and others have written in the place of what is lost', async () => {
    const stream = newStream()
    const a = openLog(stream)
    const { epoch } = await a.open(0)
    await a.write(epoch, [appendOf(['kept'])])
    await a.write(epoch, [appendOf(['lost'])])
    const seen = (await a.next(0)).entries.at(-1)!.offset
    await a.next(seen)
    // As a power failure leaves it: the newest group is gone, and another one gets its place.
    await manage(async (manager) => {
      const { state } = await manager.streams.info(stream)
      const kept = await Promise.all(
        Array.from({ length: state.last_seq - 1 }, (_, i) => manager.streams.getMessage(stream, { seq: i + 1 })),
      )
      await manager.streams.delete(stream)
      await manager.streams.add({ name: stream, subjects: [`${stream}.log.>`, `${stream}.part`] })
      for (const message of kept) {
        await manager.jetstream().publish(message!.subject, message!.data, { headers: message!.header })
      }
    })
    const c = openLog(stream)
    await c.open(1)
    for (let n = 0; n < 3; n++) await c.write(epoch, [appendOf([`other${n}`])])
    const again = await a.open(2)
    expect(again.epoch).not.toBe(epoch)
    expect(again.floor).toBeGreaterThan(1000)
    expect((await openLog(stream).open(4)).epoch).toBe(again.epoch)
  })

  it('signs in with the user and the password of its address, and not without', async () => {
    const config = ['authorization { user: ada, password: "p@ss/1" }']
    const guarded = await startNats({ config })
    onTestFinished(() => guarded.stop())
    const open = (url: string) => {
      const opened = openNats({ url, stream: 'guarded', replicas: null, node: 'n', log })
      onTestFinished(() => opened.close())
      return opened.engine.open(0)
    }
    await expect(open(`nats://127.0.0.1:${guarded.port}`)).rejects.toThrow('NATS was not there')
    expect(await open(`nats://ada:p%40ss%2F1@127.0.0.1:${guarded.port}`)).toMatchObject({ head: 0 })
  })
})
