import { expect, it } from 'vitest'
import type { Member } from '../../shared/protocol.ts'
import type { Frame } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { idsOf, useServer } from '../support/use-server.ts'

const use = useServer()

it('does not bring what was published before it followed a channel when a stream is cut after that', async () => {
  const stream = await use.follow(['public/a'])
  const before = await use.publish('public/b')
  const path = `/api/connections/${stream.connectionId}`
  expect((await use.as(null).patch(path, { subscribe: ['public/b'] })).status).toBe(200)
  await until(() => stream.lastEventId === before.id, { what: 'the position moves to where the channel begins' })
  stream.close()
  const missed = await use.publish('public/b')
  const back = await use.follow(['public/a', 'public/b'], { lastEventId: stream.lastEventId })
  await back.waitFor(({ body }) => body.id === missed.id)
  expect(idsOf(back)).toEqual([missed.id])
})

it('tells of comings and goings on an open stream when presence is asked for later', async () => {
  const stream = await use.follow(['public/a'])
  const path = `/api/connections/${stream.connectionId}`
  expect((await use.as(null).patch(path, { subscribe: ['public/a'], presence: true })).status).toBe(200)
  const other = await use.follow(['public/a'])
  const isOther = ({ body }: Frame) => (body.member as Member | undefined)?.connectionId === other.connectionId
  expect((await stream.waitFor(isOther)).body).toMatchObject({ type: 'presence_join', channel: 'public/a' })
})
