import { describe, expect, it } from 'vitest'
import type { LogRecord, RoomDetail, Stats } from '../../shared/api.ts'
import { invite, startBehindProxy } from '../support/people.ts'
import { useServer } from '../support/use-server.ts'
import { join, type Joined, listen, openRoom } from '../support/video.ts'

const use = useServer(startBehindProxy)

const offer = (sdp: string) => ({ kind: 'offer', sdp })
const send = (from: Joined, roomId: string, to: string, signal: unknown = offer('v=0')) =>
  from.api.post('/api/webrtc/signal', { roomId, to, signal })

describe('a signal', () => {
  it('reaches its recipient alone, in the order in which it was sent, and is kept nowhere', async () => {
    const { room } = await openRoom(use.server)
    const [ada, bob, eve] = [
      await join(use.server, room.id),
      await join(use.server, room.id),
      await join(use.server, room.id),
    ]
    const toBob = await listen(use.server, bob)
    const toEve = await listen(use.server, eve)
    const admin = await use.follow(['room/**', 'admin/**'], {
      token: (await invite(use.server, 'sees@example.org', 'admin')).token,
    })
    const before = (await use.as().get<Stats>('/api/stats')).body.messages.published
    for (let n = 0; n < 50; n++) {
      expect((await send(ada, room.id, bob.id, offer(`secret-sdp-${n}`))).status).toBe(202)
    }
    const candidate = { candidate: 'candidate:1 1 UDP 1 203.0.113.9 9 typ host', sdpMid: '0', sdpMLineIndex: 0 }
    await send(ada, room.id, bob.id, { kind: 'candidate', candidate })
    await toBob.waitFor(({ body }) => (body.signal as { kind?: string } | undefined)?.kind === 'candidate')
    const signals = toBob.frames.map(({ body }) => body).filter(({ type }) => type === 'signal')
    expect(signals[0]).toEqual({
      type: 'signal',
      channel: `participant/${bob.id}`,
      timestamp: expect.any(String),
      roomId: room.id,
      from: ada.id,
      signal: offer('secret-sdp-0'),
    })
    expect(signals.map(({ signal }) => (signal as { sdp?: string }).sdp)).toEqual([
      ...Array.from({ length: 50 }, (_, n) => `secret-sdp-${n}`),
      undefined,
    ])
    expect(signals.at(-1)).toMatchObject({ signal: { kind: 'candidate', candidate } })
    // What the others got by then is all that they get.
    await bob.api.post(`/api/video/rooms/${room.id}/leave`)
    for (const stream of [toEve, admin]) {
      await stream.waitFor(({ body }) => body.type === 'participant_left')
      expect(stream.frames.some(({ data }) => data.includes('secret-sdp'))).toBe(false)
    }
    const { body: archive } = await use.as().get('/api/messages?q=secret-sdp')
    const { body: logs } = await use.as().get<{ logs: LogRecord[] }>('/api/logs?q=secret-sdp')
    expect([archive.items, logs.logs]).toEqual([[], []])
    expect(use.server.logs()).not.toContain('secret-sdp')
    expect((await use.as().get<Stats>('/api/stats')).body.messages.published - before).toBeGreaterThanOrEqual(51)
    for (const stream of [toBob, toEve]) stream.close()
  })

  it('goes between two of one room and nobody else', async () => {
    const [here, there] = [(await openRoom(use.server)).room, (await openRoom(use.server)).room]
    const [ada, bob] = [await join(use.server, here.id), await join(use.server, here.id)]
    const eve = await join(use.server, there.id)
    expect((await send(eve, here.id, bob.id)).body).toMatchObject({ status: 403, code: 'not_in_room' })
    expect((await send(eve, there.id, bob.id)).body).toMatchObject({ status: 404, code: 'not_found' })
    await bob.api.post(`/api/video/rooms/${here.id}/leave`)
    expect((await send(ada, here.id, bob.id)).status).toBe(404)
    expect((await send(bob, here.id, ada.id)).body).toMatchObject({ status: 403, code: 'not_in_room' })
    const user = await use.tokenFor({ sub: ada.id, subscribe: ['**'], publish: ['**'] })
    for (const [token, status] of [
      [null, 401],
      [user, 403],
      [undefined, 403],
    ] as const) {
      const letter = { roomId: here.id, to: ada.id, signal: offer('v=0') }
      expect((await use.as(token).post('/api/webrtc/signal', letter)).status).toBe(status)
    }
  })

  it('is at most 64 KiB long', async () => {
    const { room } = await openRoom(use.server)
    const [ada, bob] = [await join(use.server, room.id), await join(use.server, room.id)]
    const stream = await listen(use.server, bob)
    const fitting = 'x'.repeat(65_536 - JSON.stringify(offer('')).length)
    expect((await send(ada, room.id, bob.id, offer(fitting))).status).toBe(202)
    expect((await send(ada, room.id, bob.id, offer(`${fitting}x`))).body).toMatchObject({ code: 'too_large' })
    expect((await send(ada, room.id, bob.id, offer('x'.repeat(200_000)))).status).toBe(413)
    const { body } = await stream.waitFor((frame) => frame.body.type === 'signal')
    expect((body.signal as { sdp: string }).sdp).toHaveLength(fitting.length)
    stream.close()
  })

  it.each([
    ['an unknown kind', { kind: 'bye' }],
    ['no sdp', { kind: 'offer' }],
    ['an sdp that is no text', { kind: 'answer', sdp: 1 }],
    ['no candidate', { kind: 'candidate' }],
    ['a candidate that is a number', { kind: 'candidate', candidate: 7 }],
    ['nothing', undefined],
  ])('is invalid with %s', async (_name, signal) => {
    const { room } = await openRoom(use.server)
    const ada = await join(use.server, room.id)
    const { status } = await ada.api.post('/api/webrtc/signal', { roomId: room.id, to: ada.id, signal })
    expect(status).toBe(400)
  })
})

describe('the addresses of a room', () => {
  it('answer each caller what they may, and no more', async () => {
    const ada = await use.tokenFor({ sub: 'ada' })
    const { room, hostToken } = await openRoom(use.server, {}, ada)
    const other = await openRoom(use.server)
    const [bob, gone] = [await join(use.server, room.id), await join(use.server, room.id)]
    const stranger = await join(use.server, other.room.id, {}, other.hostToken)
    await use.as().post(`/api/video/rooms/${room.id}/participants/${gone.id}/remove`)
    const callers: Record<string, string | null> = {
      anonymous: null,
      user: await use.tokenFor({ sub: 'eve', subscribe: ['**'], publish: ['**'] }),
      stranger: stranger.token,
      strangeHost: other.hostToken,
      gone: gone.token,
      viewer: (await invite(use.server, 'viewer@example.org', 'viewer')).token,
      bob: bob.token,
      host: hostToken,
      ada,
      admin: (await invite(use.server, 'admin2@example.org', 'admin')).token,
    }
    const path = `/api/video/rooms/${room.id}`
    const calls: Record<string, (client: ReturnType<typeof use.as>) => Promise<{ status: number }>> = {
      'create      ': (client) => client.post('/api/video/rooms', { name: 'x' }),
      'list        ': (client) => client.get('/api/video/rooms'),
      'show        ': (client) => client.get(path),
      participants: (client) => client.get(`${path}/participants`),
      'ice-servers ': (client) => client.get(`${path}/ice-servers`),
      'change      ': (client) => client.patch(path, { locked: false }),
      'rename bob  ': (client) => client.patch(`${path}/participants/${bob.id}`, { displayName: 'Bob' }),
      'mute bob    ': (client) => client.post(`${path}/participants/${bob.id}/mute`),
      'remove      ': (client) => client.post(`${path}/participants/nobody/remove`),
      'chat        ': (client) => client.post('/api/broadcast', { channel: `room/${room.id}`, type: 'chat' }),
      'speak as us ': (client) => client.post('/api/broadcast', { channel: `room/${room.id}`, type: 'room_ended' }),
      'whisper     ': (client) => client.post('/api/broadcast', { channel: `participant/${bob.id}`, type: 'chat' }),
      'history     ': (client) => client.get(`/api/channels/room%2F${room.id}/messages`),
      'overhear    ': (client) => client.get(`/api/channels/participant%2F${bob.id}/presence`),
      'join        ': (client) => client.post(`${path}/join`, { displayName: '' }),
    }
    const rows = []
    for (const [name, call] of Object.entries(calls)) {
      const statuses = []
      for (const token of Object.values(callers)) statuses.push((await call(use.as(token))).status)
      rows.push(`${name} ${statuses.join(' ')}`)
    }
    expect(['             ano use str sho gon vie bob hos ada adm', ...rows]).toEqual([
      '             ano use str sho gon vie bob hos ada adm',
      'create       401 201 403 403 403 403 403 403 201 201',
      'list         401 200 403 403 403 200 403 403 200 200',
      'show         401 403 403 403 403 200 403 200 200 200',
      'participants 401 403 403 403 403 200 200 200 200 200',
      'ice-servers  401 403 403 403 403 403 200 403 403 403',
      'change       401 403 403 403 403 403 403 200 200 200',
      'rename bob   401 403 403 403 403 403 200 403 403 403',
      'mute bob     401 403 403 403 403 403 403 204 204 204',
      'remove       401 403 403 403 403 403 403 404 404 404',
      'chat         401 403 403 403 403 403 200 403 403 403',
      'speak as us  401 403 403 403 403 403 403 403 403 403',
      'whisper      401 403 403 403 403 403 403 403 403 403',
      'history      401 403 403 403 403 200 200 200 200 200',
      'overhear     401 403 403 403 403 403 200 403 403 403',
      'join         400 400 400 400 403 400 400 400 400 400',
    ])
  })

  it('let a user see their own rooms alone', async () => {
    const zoe = await use.tokenFor({ sub: 'zoe' })
    const { room } = await openRoom(use.server, {}, zoe)
    await openRoom(use.server)
    const { body } = await use.as(zoe).get<{ rooms: { id: string }[] }>('/api/video/rooms')
    expect(body.rooms.map(({ id }) => id)).toEqual([room.id])
  })

  it('let guests open rooms when they may, and not without end', async () => {
    expect((await use.as(null).post('/api/video/rooms', { name: 'x' })).status).toBe(401)
    await use.set('guest_rooms', true)
    const opened = await Promise.all(
      Array.from({ length: 30 }, () => use.as(null).post('/api/video/rooms', { name: 'x' })),
    )
    expect(opened.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(20)
    expect(opened.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  })

  it('bring the room’s stream to its host and to admins, by the channel’s name', async () => {
    const ada = await use.tokenFor({ sub: 'ada' })
    const { room, hostToken } = await openRoom(use.server, {}, ada)
    const channel = `room/${room.id}`
    const eve = await use.tokenFor({ sub: 'eve', subscribe: ['**'] })
    for (const token of [eve, use.server.apiKey]) {
      expect((await use.open({ channels: [channel], token })).status).toBe(403)
    }
    expect((await use.open({ channels: [channel] })).status).toBe(401)
    const streams = [await use.follow([], { token: hostToken }), await use.follow([channel], { token: ada })]
    await join(use.server, room.id)
    for (const stream of streams) await stream.waitFor(({ body }) => body.type === 'participant_joined')
    await use.as(hostToken).delete(`/api/video/rooms/${room.id}`)
    await streams[0]!.ended
  })

  it('tell the dashboards how each room stands', async () => {
    const stream = await use.follow(['admin/rooms'], { token: use.server.apiKey })
    const { room } = await openRoom(use.server, { name: 'Watched' })
    const bob = await join(use.server, room.id)
    await use.as().delete(`/api/video/rooms/${room.id}`)
    await stream.waitFor(({ body }) => body.type === 'room_closed' && body.roomId === room.id)
    const changes = stream.frames
      .flatMap(({ body }) => (body.type === 'room_changed' ? [body.room as RoomDetail] : []))
      .filter(({ id }) => id === room.id)
    expect(changes).toMatchObject([
      { id: room.id, name: 'Watched', participants: [] },
      { id: room.id, participants: [{ id: bob.id, userId: null }] },
    ])
  })
})
