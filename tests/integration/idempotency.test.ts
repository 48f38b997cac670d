import { expect, it } from 'vitest'
import { idsOf, useServer } from '../support/use-server.ts'

const use = useServer()

/** Publishes with an Idempotency-Key, as `token` says. */
const send = (key: string, body: unknown, token?: string, query = '') =>
  use.as(token).post(`/api/broadcast${query}`, body, { 'idempotency-key': key })

it('gives the first answer again, and publishes nothing, when the key was there before', async () => {
  const stream = await use.follow(['public/once'])
  const first = await send('order-1', { channel: 'public/once', n: 1 })
  expect(first.status).toBe(200)
  expect(first.body.recipients).toBe(1)
  stream.close()
  const others = await use.follow(['public/once'])
  // Another message under the same key is still the same publish.
  const again = await send('order-1', { channel: 'public/once', n: 2 })
  expect(again).toMatchObject({ status: 200, body: first.body })
  expect((await send('order-2', { channel: 'public/once', n: 3 })).body.id).not.toBe(first.body.id)
  await others.waitFor(({ body }) => body.n === 3)
  expect(others.frames.map(({ body }) => body.n)).toEqual([undefined, 3])
})

it('publishes once when the same key comes many times at the same moment', async () => {
  const stream = await use.follow(['public/race'])
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => send('race', [{ channel: 'public/race', n }, { channel: 'public/race' }])),
  )
  for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 200, body: answers[0]!.body })
  await use.publish('public/race', { last: true })
  await stream.waitFor(({ body }) => body.last === true)
  expect(idsOf(stream)).toHaveLength(3)
})

it('still knows the answer when the server was killed and started again', async () => {
  await use.follow(['public/kill'])
  const one = await send('before', { channel: 'public/kill' })
  const batch = await send('batch', [{ channel: 'public/kill' }, { channel: 'public/other' }])
  expect(one.body.recipients).toBe(1)
  await use.server.restart({ signal: 'SIGKILL' })
  const stream = await use.follow(['public/kill'], { lastEventId: String(one.body.id) })
  await stream.waitFor(({ body }) => 'id' in body)
  expect((await send('before', { channel: 'public/kill' })).body).toEqual(one.body)
  expect((await send('batch', [{ channel: 'public/kill' }, { channel: 'public/other' }])).body).toEqual(batch.body)
  const last = await use.publish('public/kill')
  await stream.waitFor(({ body }) => body.id === last.id)
  expect(idsOf(stream)).toHaveLength(2)
})

it('keeps the keys of different callers apart', async () => {
  const [ada, bob] = await Promise.all(['ada', 'bob'].map((sub) => use.tokenFor({ sub, publish: ['public/**'] })))
  const message = { channel: 'public/apart' }
  const ids = [await send('same', message, ada), await send('same', message, bob), await send('same', message)].map(
    ({ body }) => body.id,
  )
  expect(new Set(ids).size).toBe(3)
  expect((await send('same', message, bob)).body.id).toBe(ids[1])
})

it('lets a publish be tried again when it was refused', async () => {
  expect((await send('refused', { channel: 'public/again', type: 'ack' })).status).toBe(400)
  expect((await send('refused', { channel: 'public/again' })).status).toBe(200)
})

it('takes a key for an ephemeral message too', async () => {
  const stream = await use.follow(['public/soon'])
  const message = { channel: 'public/soon' }
  const first = await send('soon', message, undefined, '?ephemeral=1')
  expect((await send('soon', message, undefined, '?ephemeral=1')).body).toEqual(first.body)
  await use.publish('public/soon')
  await stream.waitFor(({ body }) => 'id' in body)
  expect(stream.frames).toHaveLength(3)
})

it('refuses a key that is empty or too long', async () => {
  expect((await send('', {})).body).toMatchObject({ status: 400, code: 'invalid' })
  expect((await send('k'.repeat(256), {})).body).toMatchObject({ status: 400, code: 'invalid' })
  expect((await send('k'.repeat(255), {})).status).toBe(200)
})
