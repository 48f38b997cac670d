import { expect, it } from 'vitest'
import { SETTINGS } from '../../shared/settings.ts'
import { until } from '../support/until.ts'
import { idsOf, useServer } from '../support/use-server.ts'

const use = useServer()
const FILLER = 'x'.repeat(60_000)

/** More than what the two ends of a connection can hold on their way. */
const BATCHES = 5
const PER_BATCH = 100

it('closes a reader that falls behind, which finds everything when it resumes, and holds nobody else up', async () => {
  await use.set('slow_consumer_max_bytes', SETTINGS.slow_consumer_max_bytes.min)
  const slow = await use.follow(['public/big'])
  slow.pause()
  const fast = await use.follow(['public/small'])
  const published: string[] = []
  for (let i = 0; i < BATCHES; i++) {
    const batch = await use.publishAll(
      Array.from({ length: PER_BATCH }, () => ({ channel: 'public/big', filler: FILLER })),
    )
    published.push(...batch.map(({ id }) => id))
    const { id } = await use.publish('public/small')
    await fast.waitFor(({ body }) => body.id === id, 1000)
  }
  const path = `/api/connections/${slow.connectionId}`
  await until(async () => (await use.as().get(path)).status === 404, { what: 'the slow one is closed' })
  const { body } = await use.as().get<{ logs: { data: object; level: string }[] }>('/api/logs?type=disconnect')
  const data = { connectionId: slow.connectionId, reason: 'slow_consumer' }
  expect(body.logs[0]).toMatchObject({ level: 'warn', data })

  slow.resume()
  await slow.ended
  // Its last bytes say why, if it came to read them before it was cut.
  const told = slow.frames.filter((frame) => frame.body.type === 'disconnect').map((frame) => frame.body.reason)
  expect([[], ['slow_consumer']]).toContainEqual(told)
  const got = idsOf(slow)
  expect(got.length).toBeLessThan(published.length)

  await use.set('slow_consumer_max_bytes', SETTINGS.slow_consumer_max_bytes.default)
  const back = await use.follow(['public/big'], { lastEventId: slow.lastEventId })
  expect(back.connected.resume).toEqual({ status: 'complete' })
  await back.waitFor((frame) => frame.body.id === published.at(-1), 20_000)
  expect([...got, ...idsOf(back)]).toEqual(published)
})

it('keeps a reader that is behind by less than the limit', async () => {
  const reader = await use.follow(['public/patient'])
  reader.pause()
  const batch = await use.publishAll(Array.from({ length: 10 }, () => ({ channel: 'public/patient', filler: FILLER })))
  reader.resume()
  await reader.waitFor(({ body }) => body.id === batch.at(-1)?.id)
  expect(idsOf(reader)).toEqual(batch.map(({ id }) => id))
})
