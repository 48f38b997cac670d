import { describe, expect, it } from 'vitest'
import { DATABASES, isMissing, startServerOver } from '../support/databases.ts'
import { until } from '../support/until.ts'
import { idsOf, offsetOf, useServer } from '../support/use-server.ts'

const numbered = (channel: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ channel, n: from + i }))

describe.each(DATABASES)('over %s', (database) => {
  describe.skipIf(isMissing(database))('a client that comes back', () => {
    const use = useServer(() => startServerOver(database))

    /** Comes back with `lastEventId` and waits for the message of id `last`. */
    async function comeBack(channels: string[], lastEventId: string, last?: string) {
      const stream = await use.follow(channels, { lastEventId })
      if (last !== undefined) await stream.waitFor(({ body }) => body.id === last)
      return stream
    }

    it('gets what it missed on its channels, in order, then what is live', async () => {
      const stream = await use.follow(['public/r1', 'public/r2/*'])
      const before = await use.publish('public/r1')
      await stream.waitFor(({ body }) => body.id === before.id)
      const { lastEventId } = stream
      expect(lastEventId).toBe(before.id)
      stream.close()

      const missed = await use.publishAll([
        ...numbered('public/r1', 5),
        ...numbered('public/other', 5),
        ...numbered('public/r2/x', 5),
      ])
      const wanted = missed.filter(({ channel }) => channel !== 'public/other').map(({ id }) => id)
      const back = await comeBack(['public/r1', 'public/r2/*'], lastEventId, wanted.at(-1))
      expect(back.connected.resume).toEqual({ status: 'complete' })
      expect(back.frames[0]?.lastEventId).toBe(before.id)
      const live = await use.publish('public/r1')
      await back.waitFor(({ body }) => body.id === live.id)
      expect(idsOf(back)).toEqual([...wanted, live.id])
    })

    it('is told that nothing was missed when nothing was', async () => {
      const { id } = await use.publish('public/nothing')
      const back = await comeBack(['public/nothing'], id)
      expect(back.connected.resume).toEqual({ status: 'complete' })
      expect(back.frames[0]?.lastEventId).toBe(id)
    })

    it('may say where it stopped in the query, but the header wins', async () => {
      const [first, second, third] = await use.publishAll(numbered('public/query', 3))
      const byQuery = await use.follow(['public/query'], { query: { lastEventId: first!.id } })
      await byQuery.waitFor(({ body }) => body.id === third!.id)
      expect(idsOf(byQuery)).toEqual([second!.id, third!.id])
      const query = { lastEventId: first!.id }
      const byBoth = await use.follow(['public/query'], { query, lastEventId: second!.id })
      await byBoth.waitFor(({ body }) => body.id === third!.id)
      expect(idsOf(byBoth)).toEqual([third!.id])
    })

    it('is told of a gap, and gets what is kept, when its position is none of this log', async () => {
      const { id } = await use.publish('public/gap')
      const [epoch] = id.split('.')
      const cases = [
        { lastEventId: 'nonsense', reason: 'invalid' },
        { lastEventId: `${epoch}.999999999`, reason: 'invalid' },
        { lastEventId: `${epoch}.-1`, reason: 'invalid' },
        { lastEventId: 'zzzzzzzz.1', reason: 'epoch' },
      ]
      for (const { lastEventId, reason } of cases) {
        const back = await comeBack(['public/gap'], lastEventId, id)
        const to = back.frames[0]?.lastEventId
        expect(back.connected.resume, lastEventId).toEqual({ status: 'gap', reason, from: lastEventId, to })
        expect(to).toBe(`${epoch}.0`)
        expect(idsOf(back)).toEqual([id])
      }
    })

    it('gets the newest, and is told of the gap before them, when it missed more than may be replayed', async () => {
      const { id: from } = await use.publish('public/many')
      const missed = await use.publishAll(
        numbered('public/many', 12).flatMap((message) => [message, { channel: 'public/more' }]),
      )
      const ids = missed.filter(({ channel }) => channel === 'public/many').map(({ id }) => id)
      await use.set('replay_max_messages', 5)
      const back = await comeBack(['public/many'], from, ids.at(-1))
      expect(back.connected.resume).toEqual({ status: 'gap', reason: 'too_many', from, to: expect.any(String) })
      const { to } = back.connected.resume as { to: string }
      expect(idsOf(back)).toEqual(ids.slice(-5))
      expect(back.frames[0]?.lastEventId).toBe(to)
      // Nothing of its channels lies between the end of the gap and what follows.
      expect(offsetOf(to)).toBeGreaterThanOrEqual(offsetOf(ids.at(-6)!))
      expect(offsetOf(to)).toBeLessThan(offsetOf(ids.at(-5)!))
      await use.set('replay_max_messages', 12)
      const other = await comeBack(['public/many'], from, ids.at(-1))
      expect(other.connected.resume).toEqual({ status: 'complete' })
      expect(idsOf(other)).toEqual(ids)
    })

    it('gets each message once, and none too few, when thousands are replayed while others are published', async () => {
      const { id: from } = await use.publish('public/flood')
      const missed: string[] = []
      for (let i = 0; i < 6; i++) {
        const batch = await use.publishAll(numbered('public/flood', 1000, i * 1000))
        missed.push(...batch.map(({ id }) => id))
      }
      // Nothing of it is in memory any more, so that all has to be read.
      await use.server.restart({ signal: 'SIGKILL' })
      const back = await use.follow(['public/flood'], { lastEventId: from })
      expect(back.connected.resume).toEqual({ status: 'complete' })
      const live: string[] = []
      const publisher = async () => {
        for (let n = 0; n < 25; n++) live.push((await use.publish('public/flood', { live: true })).id)
      }
      await Promise.all(Array.from({ length: 8 }, publisher))
      const all = [...missed, ...live.sort((a, b) => offsetOf(a) - offsetOf(b))]
      await back.waitFor(({ body }) => body.id === all.at(-1), 15_000)
      expect(idsOf(back)).toEqual(all)
    })

    it('may go away in the middle of a replay, which costs nobody else anything', async () => {
      const { id: from } = await use.publish('public/heavy')
      const filler = 'x'.repeat(20_000)
      const heavy = Array.from({ length: 700 }, (_, n) => ({ channel: 'public/heavy', n, filler }))
      for (let i = 0; i < heavy.length; i += 350) await use.publishAll(heavy.slice(i, i + 350))
      const other = await use.follow(['public/light'])
      const leaving = await use.open({ channels: ['public/heavy'], lastEventId: from })
      leaving.pause()
      leaving.close()
      const reading = await use.follow(['public/heavy'], { lastEventId: from })
      reading.pause()
      reading.close()
      const { id } = await use.publish('public/light')
      await other.waitFor(({ body }) => body.id === id)
      await until(async () => (await use.as().get('/api/connections')).body.total === 1, { what: 'both are forgotten' })
    })

    it('is told of a gap when what it missed is kept no longer', async () => {
      const { id: from } = await use.publish('public/old')
      const ids = (await use.publishAll(numbered('public/old', 40))).map(({ id }) => id)
      await use.set('history_max_messages', 10)
      const kept = async () => (await use.as().get<{ items: unknown[] }>('/api/messages?limit=500')).body.items.length
      await until(async () => (await kept()) === 10, { what: 'the log is trimmed', deadlineMs: 10_000 })
      const back = await until(
        async () => {
          const stream = await comeBack(['public/old'], from, ids.at(-1))
          return (stream.connected.resume as { status: string }).status === 'gap' ? stream : null
        },
        { what: 'the gap is told' },
      )
      const to = ids.at(-11)!
      expect(back.connected.resume).toEqual({ status: 'gap', reason: 'expired', from, to })
      expect(back.frames[0]?.lastEventId).toBe(to)
      expect(idsOf(back)).toEqual(ids.slice(-10))
      // The last one that is gone is where what is kept begins: nothing is missing after it.
      const justInTime = await comeBack(['public/old'], to, ids.at(-1))
      expect(justInTime.connected.resume).toEqual({ status: 'complete' })
    })
  })
})
