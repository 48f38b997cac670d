import { describe, expect, it } from 'vitest'
import { newMessage } from '../support/hub.ts'
import { appendOf, askRedis, openLogIn, reopened, runRedis, urlOf } from '../support/redis-log.ts'
import { redisPath } from '../support/redis-server.ts'
import { until } from '../support/until.ts'

describe.skipIf(redisPath === null)('the log in Redis', () => {
  it('gives offsets in order, and reads them back with what belongs to them', async () => {
    const engine = await openLogIn(urlOf(await runRedis()))
    const { epoch, ...state } = await engine.open(0)
    expect(state).toEqual({ head: 0, floor: 0, trimmed: 0 })
    const exclusive = newMessage('b', 9, 'someone')
    const group = [appendOf(2), { messages: [exclusive], idempotent: null }]
    expect(await engine.write(epoch, group)).toEqual({ before: 0, firsts: [1, 3] })
    const { entries } = await engine.read(1, 10)
    expect(entries).toEqual([
      { offset: 2, channel: 'a', body: newMessage('a', 1).body, exclude: null, source: null },
      { offset: 3, channel: 'b', body: exclusive.body, exclude: 'someone', source: null },
    ])
    expect((await engine.next(2)).entries.map(({ offset }) => offset)).toEqual([3])
    expect(await engine.write('another', group)).toBeNull()
    await engine.trim(2)
    expect((await engine.open(3)).trimmed).toBe(2)
    expect((await engine.read(0, 10)).entries.map(({ offset }) => offset)).toEqual([3])
  })

  it('takes a key, and a scheduled message, once, and tells the first answer', async () => {
    const engine = await openLogIn(urlOf(await runRedis()))
    const { epoch } = await engine.open(0)
    const keyed = appendOf(2, { idempotent: { key: 'k', answer: '[{"a":1}]' } })
    const due = appendOf(1, { scheduled: ['s1'] })
    expect(await engine.write(epoch, [keyed, appendOf(1), keyed])).toEqual({ before: 0, firsts: [1, 3, null] })
    expect(await engine.write(epoch, [due])).toEqual({ before: 3, firsts: [4] })
    expect(await engine.write(epoch, [due])).toEqual({ before: 4, firsts: [null] })
    expect(await engine.answer('k')).toMatchObject({ answer: '[{"a":1}]', first: { epoch, offset: 1 } })
    expect(await engine.answer('other')).toBeNull()
  })

  it('begins a new epoch after all that is known when the log is gone', async () => {
    const server = await runRedis()
    const engine = await openLogIn(urlOf(server))
    const { epoch } = await engine.open(0)
    await engine.write(epoch, [appendOf(5)])
    for (const lose of ['flushall', 'stream', 'none'] as const) {
      const before = await engine.open(5)
      if (lose === 'flushall') await askRedis(server).flushall()
      if (lose === 'stream') await askRedis(server).del('{test}:log')
      const after = await engine.open(before.head)
      if (lose === 'none') expect(after).toEqual(before)
      else {
        expect(await engine.write(before.epoch, [appendOf(1)])).toBeNull()
        expect(after.epoch).not.toBe(before.epoch)
        expect(after.floor).toBeGreaterThan(before.head)
        expect(await engine.write(after.epoch, [appendOf(1)])).toMatchObject({ before: after.floor })
      }
    }
    // A database that knows more than the log does, since that is an older copy.
    const state = await engine.open(0)
    expect((await engine.open(state.head + 1)).epoch).not.toBe(state.epoch)
  })

  it('goes on far ahead in the same epoch when Redis was killed and has lost nothing', async () => {
    const server = await runRedis()
    const engine = await openLogIn(urlOf(server))
    const { epoch } = await engine.open(0)
    const keyed = appendOf(5, { idempotent: { key: 'k', answer: '[]' } })
    await engine.write(epoch, [keyed])
    await server.end('SIGKILL')
    await expect(engine.write(epoch, [appendOf(1)])).rejects.toThrow(/closed|writeable/)
    await server.restart()
    const state = await reopened(engine, 5)
    expect([state.epoch, state.head > 1000, state.trimmed]).toEqual([epoch, true, 0])
    // Neither who publishes again what was published before, nor a node that knows where the log stands, has seen more.
    expect(await engine.write(epoch, [keyed])).toEqual({ before: state.head, firsts: [null] })
    expect(await engine.open(state.head)).toEqual(state)
    const later = await openLogIn(urlOf(server), { known: state.head })
    expect(await later.open(state.head)).toEqual(state)
    expect(await engine.write(epoch, [appendOf(1)])).toMatchObject({ before: state.head })
    expect((await engine.read(4, 5)).entries.map(({ offset }) => offset)).toEqual([5, state.head + 1])
  })

  it('begins a new epoch, and warns at the start, when Redis came back without what was answered', async () => {
    const server = await runRedis('appendonly no', 'maxmemory-policy allkeys-lru')
    const warnings: string[] = []
    const engine = await openLogIn(urlOf(server), { warnings })
    await until(() => warnings.length === 2)
    expect(warnings.join()).toMatch(/append-only.*noeviction/s)
    const { epoch } = await engine.open(0)
    await engine.write(epoch, [appendOf(5)])
    await askRedis(server).save()
    await engine.write(epoch, [appendOf(5)])
    await server.end('SIGKILL')
    await server.restart()
    const state = await reopened(engine, 10)
    expect(state.epoch).not.toBe(epoch)
    expect(state.floor).toBeGreaterThan(10)
  })
})
