import { afterEach, describe, expect, it } from 'vitest'
import { startHub, type TestHub, turn } from '../../tests/support/hub.ts'
import { readDraft } from './message.ts'

let test: TestHub
afterEach(() => test.hub.stop())

const drafts = (...messages: object[]) => messages.map((message) => readDraft(message))
const nobody = { from: null }

describe('publish', () => {
  it('answers with id, time and recipients, then hands the message out', async () => {
    test = await startHub()
    const { sink } = test.connect({ channels: ['a'] })
    const receipts = await test.hub.publisher.publish(drafts({ channel: 'a', n: 1 }, { channel: 'b', n: 2 }), {
      from: 'me',
    })
    expect(receipts).toEqual([
      { id: 'e.1', channel: 'a', timestamp: expect.stringMatching(/^\d{4}-.*Z$/), recipients: 1 },
      { id: 'e.2', channel: 'b', timestamp: receipts[0]!.timestamp, recipients: 0 },
    ])
    const { timestamp } = receipts[0]!
    expect(sink.numbers).toEqual([])
    await turn()
    expect(sink.lines.at(-1)).toEqual({
      id: 'e.1',
      message: { id: 'e.1', channel: 'a', timestamp, type: 'message', from: 'me', n: 1 },
    })
    expect(test.hub.publisher.published).toBe(2)
  })

  it('logs nothing and gives no id when ephemeral', async () => {
    test = await startHub()
    const { sink } = test.connect({ channels: ['a'] })
    const options = { ...nobody, ephemeral: true }
    const receipts = await test.hub.publisher.publish(drafts({ channel: 'a', n: 1 }), options)
    expect(receipts).toEqual([{ channel: 'a', timestamp: expect.any(String), recipients: 1 }])
    expect(sink.numbers).toEqual([1])
    expect(test.log.rows).toEqual([])
  })

  it('writes once when several ephemeral publishes come in one tick', async () => {
    test = await startHub()
    const { sink } = test.connect({ channels: ['a', 'b'] })
    const options = { ...nobody, ephemeral: true }
    const publish = (channel: string, n: number) => test.hub.publisher.publish(drafts({ channel, n }), options)
    await Promise.all([publish('a', 1), publish('b', 2), publish('a', 3)])
    expect(sink.numbers).toEqual([1, 2, 3])
    expect(sink.writes.length).toBe(2)
  })

  it('leaves the excluded connection out, logged or not', async () => {
    test = await startHub()
    const [one, two] = [test.connect({ channels: ['a'] }), test.connect({ channels: ['a'] })]
    const exclude = one.connection.id
    const [logged] = await test.hub.publisher.publish(drafts({ channel: 'a', n: 1 }), { ...nobody, exclude })
    const options = { ...nobody, exclude, ephemeral: true }
    const [ephemeral] = await test.hub.publisher.publish(drafts({ channel: 'a', n: 2 }), options)
    expect([logged!.recipients, ephemeral!.recipients]).toEqual([1, 1])
    expect([one.sink.numbers, two.sink.numbers]).toEqual([[], [1, 2]])
  })

  it('publishes once and keeps the answer to the letter when it carries a key', async () => {
    test = await startHub()
    const { sink } = test.connect({ channels: ['a'] })
    const appends: unknown[] = []
    const append = test.log.append.bind(test.log)
    test.log.append = (one) => {
      appends.push(one.idempotent)
      return append(one)
    }
    const publish = () => test.hub.publisher.publish(drafts({ channel: 'a', n: 1 }), { ...nobody, idempotencyKey: 'k' })
    const [first, second] = [await publish(), await publish()]
    expect(second).toEqual(first)
    await turn()
    expect(sink.numbers).toEqual([1])
    const { id: _id, ...kept } = first[0]!
    expect(appends).toEqual([{ key: 'k', answer: JSON.stringify([kept]) }])
  })

  it('finds what a failed publish left in the log when its key comes again', async () => {
    test = await startHub()
    test.log.append = () => Promise.reject(new Error('away'))
    const publish = () => test.hub.publisher.publish(drafts({ channel: 'a', n: 1 }), { ...nobody, idempotencyKey: 'k' })
    await expect(publish()).rejects.toThrow('away')
    const answer = '[{"channel":"a","timestamp":"t","recipients":0}]'
    const kept = { answer, first: { epoch: 'e', offset: 3 }, atMs: Date.now() }
    Object.assign(test.log, { answer: async (key: string) => (key === 'k' ? kept : null) })
    expect(await publish()).toEqual([{ id: 'e.3', channel: 'a', timestamp: 't', recipients: 0 }])
  })
})

describe('announce', () => {
  it('asks for patience when a failed publish’s key comes again before the log has settled', async () => {
    test = await startHub()
    const publish = () => test.hub.publisher.publish(drafts({ channel: 'a', n: 1 }), { ...nobody, idempotencyKey: 'k' })
    test.log.append = () => Promise.reject(new Error('away'))
    await expect(publish()).rejects.toThrow('away')
    Object.assign(test.log, { ok: () => false, answer: () => Promise.resolve(null) })
    await expect(publish()).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
  })

  it('reaches who listens, and does nothing when nobody does', async () => {
    test = await startHub()
    const { sink } = test.connect({ channels: ['admin/stats'] })
    test.hub.publisher.announce('admin/stats', { type: 'stats', n: 1 })
    test.hub.publisher.announce('admin/logs', { type: 'log', n: 2 })
    await new Promise((resolve) => setImmediate(resolve))
    expect(sink.numbers).toEqual([1])
    expect(test.hub.publisher.hasListeners('admin/logs')).toBe(false)
  })
})
