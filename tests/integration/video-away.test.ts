import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { startLightServer } from '../support/light-server.ts'
import type { TestServer } from '../support/server.ts'
import type { EventStream } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { join, type Joined, listen, openRoom } from '../support/video.ts'
import { openSocket } from '../support/ws.ts'

/** How long a place is kept here; a shorter time than usual, for the tests to be quick. */
const AWAY_SECONDS = 3
const PATIENCE = { deadlineMs: 20_000, everyMs: 50 }

let server: TestServer
/** The one that is restarted. */
let other: TestServer

const start = () => startLightServer({ env: { BROKER: 'local' } })

beforeAll(async () => {
  ;[server, other] = await Promise.all([start(), start()])
  for (const each of [server, other]) await set(each, 'room_away_seconds', AWAY_SECONDS)
  await set(server, 'heartbeat_interval', 3600)
})
afterAll(() => Promise.all([server.stop(), other.stop()]))

async function set(target: TestServer, key: string, value: unknown): Promise<void> {
  expect((await api(target).post('/api/settings', { key, value })).status).toBe(200)
}

const leftOf = (stream: EventStream, id: string) =>
  stream.frames.find(({ body }) => body.type === 'participant_left' && (body.participant as { id: string }).id === id)

async function presentIn(roomId: string, by: Joined): Promise<string[]> {
  const path = `/api/video/rooms/${roomId}/participants`
  const { body } = await by.api.get<{ participants: { id: string }[] }>(path)
  return body.participants.map(({ id }) => id)
}

describe.concurrent('a participant', () => {
  it('has left when the connection is away for too long, or never came, and stays when it comes back', async () => {
    const { room } = await openRoom(server)
    const ada = await join(server, room.id)
    const stream = await listen(server, ada)
    const [bob, eve, mute] = [await join(server, room.id), await join(server, room.id), await join(server, room.id)]
    const [ofBob, ofEve] = [await listen(server, bob), await listen(server, eve)]
    const startedAtMs = performance.now()
    ofBob.close()
    const { lastEventId } = ofEve
    ofEve.close()
    const back = await listen(server, eve, { lastEventId })
    expect(back.frames[0]!.body.resume).toEqual({ status: 'complete' })
    const gone = [bob.id, mute.id]
    await until(() => gone.every((id) => leftOf(stream, id)), { ...PATIENCE, what: 'both have left' })
    expect(performance.now() - startedAtMs).toBeGreaterThan(AWAY_SECONDS * 1000 - 500)
    for (const id of gone) expect(leftOf(stream, id)?.body).toMatchObject({ roomId: room.id, reason: 'away' })
    expect(leftOf(stream, eve.id)).toBeUndefined()
    expect(await presentIn(room.id, ada)).toEqual([ada.id, eve.id])
    // Their tokens are good no more.
    expect((await bob.api.get(`/api/video/rooms/${room.id}/participants`)).status).toBe(403)
    const { body: logs } = await api(server).get<{ logs: unknown[] }>(`/api/logs?type=participant_left&q=${bob.id}`)
    expect(logs.logs).toMatchObject([{ actor: 'system', data: { reason: 'away' } }])
    for (const open of [stream, back]) open.close()
  })

  it('is written to every few seconds, heartbeats or not, so that it shows when nothing arrives', async () => {
    const { room } = await openRoom(server)
    const stream = await listen(server, await join(server, room.id))
    const { ws } = await openSocket(server, `/ws?token=${(await join(server, room.id)).token}`)
    let pings = 0
    ws.on('ping', () => pings++)
    expect((await api(server).post('/api/broadcast', { channel: 'elsewhere' })).status).toBe(200)
    const before = stream.lastEventId
    await until(() => stream.lastEventId !== before, { ...PATIENCE, what: 'the position has moved' })
    expect(stream.comments).toEqual([])
    stream.close()
    await until(() => pings > 0, { ...PATIENCE, what: 'a ping' })
  })

  it('keeps the place over a crash when coming back in time, however long that took', async () => {
    const { room } = await openRoom(other)
    const [ada, bob] = [await join(other, room.id), await join(other, room.id)]
    const [ofAda] = [await listen(other, ada), await listen(other, bob)]
    const downAtMs = performance.now()
    other.kill('SIGKILL')
    await other.exited()
    await until(() => performance.now() - downAtMs > (AWAY_SECONDS + 1) * 1000, PATIENCE)
    await other.restart()
    const stream = await listen(other, ada, { lastEventId: ofAda.lastEventId })
    await until(() => leftOf(stream, bob.id), { ...PATIENCE, what: 'the other has left' })
    expect(leftOf(stream, ada.id)).toBeUndefined()
    expect(await presentIn(room.id, ada)).toEqual([ada.id])
    stream.close()
  })

  it('keeps the room open, which closes when nobody has been in it for a while', async () => {
    const [empty, used] = [(await openRoom(server)).room, (await openRoom(server)).room]
    const ada = await join(server, used.id)
    const stream = await listen(server, ada)
    await set(server, 'room_idle_minutes', 0.05)
    const lobby = async (id: string) => (await api(server, null).get(`/api/video/rooms/${id}/lobby`)).status
    await until(async () => (await lobby(empty.id)) === 410, PATIENCE)
    expect(await lobby(used.id)).toBe(200)
    expect((await ada.api.post(`/api/video/rooms/${used.id}/leave`)).status).toBe(204)
    await stream.ended
    await until(async () => (await lobby(used.id)) === 410, PATIENCE)
    const { body } = await api(server).get<{ logs: unknown[] }>(`/api/logs?type=room_ended&q=${empty.id}`)
    expect(body.logs).toMatchObject([{ actor: 'system', data: { roomId: empty.id, reason: 'idle' } }])
  })
})
