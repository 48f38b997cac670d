import { describe, expect, it } from 'vitest'
import type { LogRecord, RoomDetail, Stats } from '../../shared/api.ts'
import { join, listen, openRoom, typesOf } from '../support/video.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()

describe('a room', () => {
  it('is opened under an id of its own or one made up, and is shown without its secrets', async () => {
    const { room, hostToken } = await openRoom(use.server, { roomId: 'daily.1', passcode: 'kavun', maxParticipants: 3 })
    expect(room).toEqual({
      id: 'daily.1',
      name: 'Daily',
      hostId: null,
      hostParticipantId: null,
      maxParticipants: 3,
      locked: false,
      hasPasscode: true,
      createdAt: expect.any(String),
      participants: [],
    })
    const made = await openRoom(use.server)
    expect(made.room.id).toMatch(/^[2-9a-z]{4}(-[2-9a-z]{4}){2}$/)
    expect(made.room.maxParticipants).toBe(8)
    const listed = await use.as().get<{ rooms: RoomDetail[]; nextCursor: null }>('/api/video/rooms')
    expect(listed.body.rooms.map(({ id }) => id)).toEqual([made.room.id, 'daily.1'])
    const told = JSON.stringify(listed.body) + use.server.logs()
    for (const secret of ['kavun', '$scrypt', hostToken]) expect(told).not.toContain(secret)
    expect((await use.as().post('/api/video/rooms', { name: 'x', roomId: 'daily.1' })).body).toMatchObject({
      status: 409,
      code: 'conflict',
    })
  })

  it('tells its people of those who come, change and go', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const ada = await join(use.server, room.id, { displayName: 'Ada' }, hostToken)
    expect(ada.participant).toMatchObject({ displayName: 'Ada', isHost: true, microphone: true, camera: true })
    expect(ada.room).toMatchObject({ id: room.id, hostParticipantId: ada.id })
    const stream = await listen(use.server, ada)
    const bob = await join(use.server, room.id, { displayName: 'Bob', camera: false })
    expect(bob.participants.map(({ id }) => id)).toEqual([ada.id, bob.id])
    expect(bob.participant).toMatchObject({ isHost: false, camera: false })
    const changed = await bob.api.patch(`/api/video/rooms/${room.id}/participants/${bob.id}`, {
      hand: true,
      displayName: ' Bobby ',
    })
    expect(changed.body).toMatchObject({ id: bob.id, hand: true, displayName: 'Bobby' })
    expect(
      (await bob.api.post('/api/broadcast', { channel: `room/${room.id}`, type: 'chat', text: 'hi' })).status,
    ).toBe(200)
    expect((await bob.api.post(`/api/video/rooms/${room.id}/leave`)).status).toBe(204)
    const left = await stream.waitFor(({ body }) => body.type === 'participant_left')
    expect(left.body).toMatchObject({ roomId: room.id, reason: 'left', participant: { id: bob.id } })
    expect(stream.frames.find(({ body }) => body.type === 'chat')?.body).toMatchObject({ from: bob.id, text: 'hi' })
    expect(typesOf(stream)).toEqual([
      'participant_joined',
      'room_updated',
      'participant_joined',
      'participant_updated',
      'participant_left',
    ])
    stream.close()
  })

  it('ends for everybody at once when the host ends it', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const bob = await join(use.server, room.id)
    const stream = await listen(use.server, bob)
    expect((await bob.api.delete(`/api/video/rooms/${room.id}`)).status).toBe(403)
    expect((await use.as(hostToken).delete(`/api/video/rooms/${room.id}`)).status).toBe(204)
    await stream.ended
    const last = stream.frames.slice(-2).map(({ body }) => body)
    expect(last).toMatchObject([
      { type: 'room_ended', roomId: room.id, reason: 'ended' },
      { type: 'disconnect', reason: 'kicked', reconnect: false },
    ])
    const again = await use.as(null).post(`/api/video/rooms/${room.id}/join`, { displayName: 'Eve' })
    expect(again.body).toMatchObject({ status: 410, code: 'room_ended' })
    expect((await bob.api.get(`/api/video/rooms/${room.id}/participants`)).status).toBe(403)
    expect((await use.as(hostToken).get(`/api/video/rooms/${room.id}`)).status).toBe(401)
    expect((await use.as().get(`/api/video/rooms/${room.id}`)).status).toBe(410)
    expect((await use.as().post('/api/video/rooms', { name: 'x', roomId: room.id })).status).toBe(409)
  })

  it('tells whoever joins of the STUN servers that are set, as they are then', async () => {
    const { room } = await openRoom(use.server)
    expect(await join(use.server, room.id)).toMatchObject({ iceServers: [], iceExpiresAt: null })
    const urls = ['stun:stun.example.org:3478']
    await use.set('stun_urls', urls)
    const ada = await join(use.server, room.id)
    expect(ada).toMatchObject({ iceServers: [{ urls }], iceExpiresAt: null })
    const { body } = await ada.api.get(`/api/video/rooms/${room.id}/ice-servers`)
    expect(body).toEqual({ iceServers: [{ urls }], iceExpiresAt: null })
  })

  it('is counted in the figures, and what happens in it is in the event log', async () => {
    const before = (await use.as().get<Stats>('/api/stats')).body.rooms
    const { room } = await openRoom(use.server, { name: 'Logged' })
    const bob = await join(use.server, room.id)
    const { rooms } = (await use.as().get<Stats>('/api/stats')).body
    expect([rooms.active - before.active, rooms.participants - before.participants]).toEqual([1, 1])
    await bob.api.post(`/api/video/rooms/${room.id}/leave`)
    await use.as().delete(`/api/video/rooms/${room.id}`)
    expect((await use.as().get<Stats>('/api/stats')).body.rooms).toEqual(before)
    const types = ['room_created', 'participant_joined', 'participant_left', 'room_ended']
    await until(async () => {
      const { body } = await use.as().get<{ logs: LogRecord[] }>(`/api/logs?q=${room.id}&limit=500`)
      const found = body.logs.map(({ type }) => type).filter((type) => types.includes(type))
      return found.toReversed().join() === types.join()
    })
  })
})
