import { expect, it } from 'vitest'
import { useServer } from '../support/use-server.ts'
import { joinSocket, messageIds } from '../support/ws.ts'

const use = useServer()

it('brings each message once when a pattern that is followed already covers what is subscribed to', async () => {
  const before = await use.publish('public/x', { n: 0 })
  const client = await joinSocket(use.server, '/ws?channel=public/*')
  const expected: string[] = []
  const publishMore = async (count: number) => {
    for (let n = 0; n < count; n++) expected.push((await use.publish(n % 2 ? 'public/x' : 'public/y', { n })).id)
  }
  await publishMore(10)
  const publishing = publishMore(30)
  client.send({ type: 'subscribe', channel: 'public/x', lastEventId: before.id, ackId: 1 })
  await publishing
  await publishMore(4)
  await client.waitFor({ id: expected.at(-1)! })
  expect(await client.waitFor({ type: 'subscribed' })).toMatchObject({ resume: { status: 'complete' } })
  expect(messageIds(client)).toEqual(expected)
})

it('brings what was published before the pattern was followed, and nothing of it twice', async () => {
  const start = await use.publish('public/a/x')
  const missed = await use.publish('public/a/x')
  const client = await joinSocket(use.server)
  await client.ask({ type: 'subscribe', channel: 'public/a/x' })
  const had = await use.publish('public/a/x')
  await client.waitFor({ id: had.id })
  await client.ask({ type: 'subscribe', channel: 'public/a/*', lastEventId: start.id })
  const last = await use.publish('public/a/x')
  await client.waitFor({ id: last.id })
  expect(messageIds(client)).toEqual([had.id, missed.id, last.id])
})

it('publishes once when a publish comes again with its key, by either way', async () => {
  const token = await use.tokenFor({ sub: 'ada', publish: ['public/**'] })
  const client = await joinSocket(use.server, `/ws/public/once?token=${token}`)
  const frame = { type: 'publish', channel: 'public/once', message: { n: 1 }, idempotencyKey: 'k1' }
  const [first, again] = [await client.ask(frame), await client.ask(frame)]
  expect(again.id).toBe(first.id)
  const headers = { 'idempotency-key': 'k1' }
  const { body } = await use.as(token).post('/api/broadcast', { channel: 'public/once', n: 1 }, headers)
  expect(body.id).toBe(first.id)
})
