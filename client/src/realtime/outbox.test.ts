import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createOutbox, type OutboxStanding, type Publication } from './outbox.ts'
import { RequestError } from './request.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const publication = (n: number, given: Partial<Publication> = {}): Publication => ({
  channel: 'chat',
  message: { n },
  ephemeral: false,
  echo: true,
  idempotencyKey: `k${n}`,
  ...given,
})

function start() {
  const sent: string[] = []
  const at = { standing: 'open' as OutboxStanding, fail: (_key: string): Error | null => null }
  const outbox = createOutbox({
    send: async ({ idempotencyKey, channel }) => {
      sent.push(idempotencyKey)
      const error = at.fail(idempotencyKey)
      if (error !== null) throw error
      return { channel, timestamp: '', id: `e.${idempotencyKey}` }
    },
    standing: () => at.standing,
    waitMs: () => 1000,
  })
  return { outbox, sent, at }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

it('sends what waited in its order when the hub can be reached again', async () => {
  const { outbox, sent, at } = start()
  at.standing = 'held'
  const receipts = Promise.all([1, 2, 3].map((n) => outbox.add(publication(n))))
  await settle()
  expect(sent).toEqual([])
  at.standing = 'open'
  outbox.flush()
  expect((await receipts).map(({ id }) => id)).toEqual(['e.k1', 'e.k2', 'e.k3'])
  expect(sent).toEqual(['k1', 'k2', 'k3'])
})

it('sends the same one again, under its key and before the next, when the network failed', async () => {
  const { outbox, sent, at } = start()
  let failures = 2
  at.fail = () => (failures-- > 0 ? new TypeError('network error') : null)
  const receipts = Promise.all([outbox.add(publication(1)), outbox.add(publication(2))])
  await vi.advanceTimersByTimeAsync(2000)
  await receipts
  expect(sent).toEqual(['k1', 'k1', 'k1', 'k2'])
})

it('gives each its own outcome when one is refused', async () => {
  const { outbox, at } = start()
  const refusal = new RequestError(403, 'forbidden_channel', 'no')
  at.fail = (key) => (key === 'k2' ? refusal : null)
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => outbox.add(publication(n))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: refusal })
})

it('waits as long as the hub says when it is asked to come later', async () => {
  const { outbox, sent, at } = start()
  at.fail = () => (sent.length === 1 ? new RequestError(429, 'rate_limited', 'later', 7000) : null)
  const receipt = outbox.add(publication(1))
  await vi.advanceTimersByTimeAsync(6999)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await receipt).toMatchObject({ id: 'e.k1' })
})

it('refuses one more when a hundred wait', async () => {
  const { outbox, at } = start()
  at.standing = 'held'
  const waiting = Array.from({ length: 100 }, (_, n) => outbox.add(publication(n)))
  await expect(outbox.add(publication(100))).rejects.toMatchObject({ code: 'queue_full' })
  at.standing = 'open'
  outbox.flush()
  expect(await Promise.all(waiting)).toHaveLength(100)
})

it('takes one back when its signal is aborted while it waits, and sends the others', async () => {
  const { outbox, sent, at } = start()
  at.standing = 'held'
  const taken = new AbortController()
  const receipts = Promise.allSettled([outbox.add(publication(1), taken.signal), outbox.add(publication(2))])
  taken.abort(new Error('never mind'))
  at.standing = 'open'
  outbox.flush()
  expect(await receipts).toMatchObject([
    { status: 'rejected', reason: { message: 'never mind' } },
    { status: 'fulfilled' },
  ])
  expect(sent).toEqual(['k2'])
  await expect(outbox.add(publication(3), taken.signal)).rejects.toThrow('never mind')
})

it('holds nothing up, and tries once, when it is ephemeral', async () => {
  const { outbox, sent, at } = start()
  at.fail = (key) => (key === 'k1' ? new TypeError('network error') : null)
  const [first, second] = [outbox.add(publication(1, { ephemeral: true })), outbox.add(publication(2))]
  await expect(first).rejects.toThrow('network error')
  await second
  expect(sent).toEqual(['k1', 'k2'])
})

it('rejects what can not be sent when nothing will be tried again', async () => {
  const { outbox, at } = start()
  at.standing = 'stopped'
  at.fail = () => new TypeError('network error')
  await expect(outbox.add(publication(1))).rejects.toThrow('network error')
})

it('rejects whatever waits when it is closed', async () => {
  const { outbox, at } = start()
  at.standing = 'held'
  const waiting = outbox.add(publication(1))
  outbox.close(new Error('closed'))
  await expect(waiting).rejects.toThrow('closed')
})
