import { expect, it } from 'vitest'
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
  const stream = await use.follow(['public/p'])
  const path = `/api/connections/${stream.connectionId}`
  expect((await use.as(null).patch(path, { subscribe: ['public/p'], presence: true })).status).toBe(200)
  const token = await use.tokenFor({ sub: 'ada' })
  await use.follow(['public/p'], { token })
  const { body } = await stream.waitFor(({ body }) => body.type === 'presence_join')
  expect(body).toMatchObject({ channel: 'public/p', member: { userId: 'ada' } })
})
