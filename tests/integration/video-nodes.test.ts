import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { api } from '../support/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { join, listen, openRoom } from '../support/video.ts'

const postgresUrl = inject('postgresUrl')
const AWAY_SECONDS = 3

describe.skipIf(postgresUrl === null)('a room on two nodes over one PostgreSQL', () => {
  let a: TestServer
  let b: TestServer
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    const env = { JWT_SECRET: 'one secret for both of these nodes', API_KEY: 'yk_both_nodes_of_this_test' }
    ;[a, b] = await Promise.all([startServer({ databaseUrl, env }), startServer({ databaseUrl, env })])
    for (const node of [a, b]) {
      await ready(node)
      await keepPlacesFor(node, AWAY_SECONDS)
    }
  })
  afterAll(() => Promise.all([a.stop(), b.stop()]))

  it.concurrent('holds as many as it may and not one more when they come to both at once', async () => {
    const { room } = await openRoom(a, { maxParticipants: 7 })
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        api(n % 2 ? a : b, null).post(`/api/video/rooms/${room.id}/join`, { displayName: `p${n}` }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(7)
    expect(outcomes.filter(({ body }) => body.code === 'room_full')).toHaveLength(43)
    for (const node of [a, b]) {
      await until(async () => {
        const { body } = await api(node).get<{ participants: unknown[] }>(`/api/video/rooms/${room.id}`)
        return body.participants.length === 7
      })
    }
    await api(b).delete(`/api/video/rooms/${room.id}`)
    await until(async () => (await api(a).get(`/api/video/rooms/${room.id}`)).status === 410)
  })

  it.concurrent('tells on each of what happens on the other, and keeps those in it who are connected to the other', async () => {
    const { room } = await openRoom(a)
    const ada = await join(a, room.id, { displayName: 'Ada' })
    const ofAda = await listen(a, ada)
    const bob = await join(b, room.id, { displayName: 'Bob' })
    expect(bob.participants.map(({ id }) => id)).toEqual([ada.id, bob.id])
    const ofBob = await listen(b, bob)
    await ofAda.waitFor(({ body }) => body.type === 'participant_joined' && bob.id === idIn(body))
    // Twice as long as a place is kept, seen by both nodes.
    const quietUntilMs = performance.now() + AWAY_SECONDS * 2000
    await until(() => performance.now() > quietUntilMs, { deadlineMs: 20_000 })
    for (const { frames } of [ofAda, ofBob]) {
      expect(frames.some(({ body }) => body.type === 'participant_left')).toBe(false)
    }
    // The token of one node is good on the other.
    const moved = await listen(b, ada)
    moved.close()
    const removed = await api(a).post(`/api/video/rooms/${room.id}/participants/${bob.id}/remove`)
    expect(removed.status).toBe(204)
    await ofBob.ended
    expect(ofBob.frames.slice(-2).map(({ body }) => body.type)).toEqual(['participant_left', 'disconnect'])
    expect((await api(b, bob.token).get(`/api/video/rooms/${room.id}/participants`)).status).toBe(403)
    ofAda.close()
  })

  it.concurrent('knows on each at once what the other has just let happen', async () => {
    for (let round = 0; round < 10; round++) {
      const [here, there] = round % 2 ? [a, b] : [b, a]
      const { room, hostToken } = await openRoom(here)
      const host = await join(there, room.id, {}, hostToken)
      expect(host.participant.isHost).toBe(true)
      const ofHost = await listen(here, host)
      const guest = await join(there, room.id)
      const letter = { roomId: room.id, to: guest.id, signal: { kind: 'offer', sdp: 'v=0' } }
      const [stream, signal] = await Promise.all([
        listen(here, guest),
        api(here, host.token).post('/api/webrtc/signal', letter),
      ])
      expect(signal.status, JSON.stringify(signal.body)).toBe(202)
      for (const open of [ofHost, stream]) open.close()
    }
  })

  it.concurrent('brings a signal to a participant who is connected to the other', async () => {
    const { room } = await openRoom(a)
    const [ada, bob] = [await join(a, room.id), await join(b, room.id)]
    const [ofAda, ofBob] = [await listen(a, ada), await listen(b, bob)]
    await ofAda.waitFor(({ body }) => body.type === 'participant_joined' && bob.id === idIn(body))
    const send = (from: TestServer, token: string, to: string, sdp: string) =>
      api(from, token).post('/api/webrtc/signal', { roomId: room.id, to, signal: { kind: 'offer', sdp } })
    // Longer than one notification of the database may be.
    const long = 'ş'.repeat(12_000)
    for (let n = 0; n < 20; n++) expect((await send(a, ada.token, bob.id, `${n} ${long}`)).status).toBe(202)
    expect((await send(b, bob.token, ada.id, 'back')).status).toBe(202)
    const signalsOf = ({ frames }: typeof ofBob) =>
      frames.flatMap(({ body }) => (body.type === 'signal' ? [(body.signal as { sdp: string }).sdp] : []))
    await until(() => signalsOf(ofBob).length === 20, { deadlineMs: 15_000 })
    expect(signalsOf(ofBob).map((sdp) => sdp.split(' ')[0])).toEqual(Array.from({ length: 20 }, (_, n) => `${n}`))
    expect(signalsOf(ofBob).every((sdp) => sdp.endsWith(` ${long}`))).toBe(true)
    await until(() => signalsOf(ofAda).length === 1)
    for (const stream of [ofAda, ofBob]) stream.close()
  })

  it('lets those leave whose node died, unless they come to the other', async () => {
    const { room, hostToken } = await openRoom(a)
    const host = await join(a, room.id, {}, hostToken)
    const [bob, ada] = [await join(a, room.id), await join(b, room.id)]
    const lost = [await listen(a, host), await listen(a, bob)]
    const stream = await listen(b, ada)
    a.kill('SIGKILL')
    await a.exited()
    const back = await listen(b, bob, { lastEventId: lost[1]!.lastEventId })
    const left = await stream.waitFor(({ body }) => body.type === 'participant_left', 20_000)
    expect([idIn(left.body), left.body.reason]).toEqual([host.id, 'away'])
    const { body } = await stream.waitFor((frame) => frame.body.type === 'room_updated', 5000)
    expect(body.room).toMatchObject({ hostParticipantId: bob.id })
    expect(
      (await api(b).get<{ participants: { id: string }[] }>(`/api/video/rooms/${room.id}`)).body.participants,
    ).toMatchObject([{ id: bob.id, isHost: true }, { id: ada.id }])
    for (const open of [stream, back]) open.close()
    await a.restart()
  })
})

/** A node listens before its database has answered. */
function ready(node: TestServer) {
  return until(async () => (await api(node, null).get('/readyz')).status === 200, { deadlineMs: 30_000, everyMs: 50 })
}

async function keepPlacesFor(node: TestServer, seconds: number): Promise<void> {
  const { status } = await api(node).post('/api/settings', { key: 'room_away_seconds', value: seconds })
  expect(status).toBe(200)
}

function idIn(body: Record<string, unknown>): string {
  return (body.participant as { id: string }).id
}
