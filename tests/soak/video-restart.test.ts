import { describe, expect, it } from 'vitest'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { join, listen, openRoom } from '../support/video.ts'

const idOf = (body: Record<string, unknown>) => (body.participant as { id: string } | undefined)?.id

describe('a participant', () => {
  it('keeps the place for fifteen seconds after a restart, and loses it then', async () => {
    const server = await startServer()
    try {
      const { room } = await openRoom(server)
      const [ada, bob, eve] = [await join(server, room.id), await join(server, room.id), await join(server, room.id)]
      const streams = [await listen(server, ada), await listen(server, bob), await listen(server, eve)]
      await server.restart({ signal: 'SIGTERM' })
      const readyAtMs = performance.now()
      const lastEventId = streams[0]!.lastEventId
      const stream = await listen(server, ada, { lastEventId })
      // One comes late, but in time; the other never.
      await until(() => performance.now() - readyAtMs > 10_000, { deadlineMs: 20_000 })
      const late = await listen(server, bob, { lastEventId })
      const left = await stream.waitFor(({ body }) => body.type === 'participant_left', 20_000)
      expect(idOf(left.body)).toBe(eve.id)
      expect(performance.now() - readyAtMs).toBeGreaterThan(14_000)
      await until(() => performance.now() - readyAtMs > 25_000, { deadlineMs: 30_000 })
      expect(stream.frames.filter(({ body }) => body.type === 'participant_left')).toHaveLength(1)
      for (const open of [stream, late]) open.close()
    } finally {
      await server.stop()
    }
  })
})
