import { describe, expect, it } from 'vitest'
import type { Participant, RoomDetail } from '../../shared/video.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'
import { join, listen, openRoom } from '../support/video.ts'

const use = useServer()

const codeOf = async (roomId: string, application: object = {}, token: string | null = null) => {
  const path = `/api/video/rooms/${roomId}/join`
  const { status, body } = await use.as(token).post(path, { displayName: 'Guest', ...application })
  return [status, body.code]
}
const peopleOf = async (roomId: string) => {
  const { body } = await use.as().get<RoomDetail>(`/api/video/rooms/${roomId}`)
  return body.participants
}

describe('joining', () => {
  it('lets in as many as the room holds when fifty come at once, and the next when one leaves', async () => {
    const { room } = await openRoom(use.server, { maxParticipants: 5 })
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => codeOf(room.id)))
    const codes = outcomes.map(([, code]) => code)
    expect(codes.filter((code) => code === undefined)).toHaveLength(5)
    expect(outcomes.filter(([status, code]) => status === 409 && code === 'room_full')).toHaveLength(45)
    const [first] = await peopleOf(room.id)
    expect((await use.as().post(`/api/video/rooms/${room.id}/participants/${first!.id}/remove`)).status).toBe(204)
    expect(await codeOf(room.id)).toEqual([200, undefined])
    expect(await codeOf(room.id)).toEqual([409, 'room_full'])
  })

  it('takes the passcode, and slows down whoever guesses it', async () => {
    const { room, hostToken } = await openRoom(use.server, { passcode: 'kavun', maxParticipants: 12 })
    const path = `/api/video/rooms/${room.id}`
    expect(await codeOf(room.id)).toEqual([403, 'passcode_required'])
    // An office comes to its meeting, all by one address.
    const right = await Promise.all(Array.from({ length: 6 }, () => codeOf(room.id, { passcode: 'kavun' })))
    expect(right.map(([status]) => status)).toEqual(right.map(() => 200))
    const wrong = await Promise.all(Array.from({ length: 8 }, () => codeOf(room.id, { passcode: 'karpuz' })))
    expect(wrong.filter(([, code]) => code === 'wrong_passcode')).toHaveLength(5)
    expect(wrong.filter(([, code]) => code === 'rate_limited')).toHaveLength(3)
    const enter = async () => (await codeOf(room.id, { passcode: 'kavun' }))[0] === 200
    await until(enter, { deadlineMs: 15_000, everyMs: 200 })
    // The host needs none, and may change it or take it away.
    expect(await codeOf(room.id, {}, hostToken)).toEqual([200, undefined])
    await use.as(hostToken).patch(path, { passcode: null })
    expect(await codeOf(room.id)).toEqual([200, undefined])
    expect((await use.as(hostToken).patch(path, { passcode: 'elma' })).body).toMatchObject({ hasPasscode: true })
    expect(await codeOf(room.id)).toEqual([403, 'passcode_required'])
  })

  it('is refused while the room is locked, but not to its host', async () => {
    const ada = await use.tokenFor({ sub: 'ada' })
    const { room } = await openRoom(use.server, {}, ada)
    expect(room.hostId).toBe('ada')
    const path = `/api/video/rooms/${room.id}`
    expect((await use.as(ada).patch(path, { locked: true })).body).toMatchObject({ locked: true })
    expect(await codeOf(room.id)).toEqual([403, 'room_locked'])
    expect(await codeOf(room.id, {}, await use.tokenFor({ sub: 'eve' }))).toEqual([403, 'room_locked'])
    expect(await codeOf(room.id, {}, ada)).toEqual([200, undefined])
    expect((await use.as(null).get(`${path}/lobby`)).body).toEqual({
      id: room.id,
      name: 'Daily',
      hasPasscode: false,
      locked: true,
      maxParticipants: 8,
      participantCount: 1,
    })
  })

  it('tells by a code of its own that there is no such room', async () => {
    for (const id of ['no-such-room', 'a%00b', '..%2f', 'x'.repeat(300)]) {
      expect((await codeOf(id))[0], id).toBe(id.length > 200 ? 400 : 404)
    }
  })

  it.each([[{}], [{ displayName: ' ' }], [{ displayName: 'x'.repeat(61) }], [{ displayName: 'a\u0000' }], [[]]])(
    'is invalid with %j',
    async (body) => {
      const { room } = await openRoom(use.server)
      const { status } = await use.as(null).post(`/api/video/rooms/${room.id}/join`, body)
      expect(status).toBe(400)
    },
  )
})

describe('the host', () => {
  it('is whoever came with the host token, then the longest present, and it again when it comes back', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const guests = [await join(use.server, room.id), await join(use.server, room.id)]
    expect(guests.map(({ participant }) => participant.isHost)).toEqual([false, false])
    const host = await join(use.server, room.id, {}, hostToken)
    const stream = await listen(use.server, guests[1]!)
    await host.api.post(`/api/video/rooms/${room.id}/leave`)
    const { body } = await stream.waitFor((frame) => {
      return (frame.body.room as RoomDetail | undefined)?.hostParticipantId === guests[0]!.id
    })
    expect(body).toMatchObject({ type: 'room_updated', roomId: room.id })
    // The new one has the power by the participant's token, the other guest has none.
    const path = `/api/video/rooms/${room.id}`
    expect((await guests[1]!.api.patch(path, { name: 'Mine' })).status).toBe(403)
    expect((await guests[0]!.api.patch(path, { name: 'Mine' })).body).toMatchObject({ name: 'Mine' })
    const back = await join(use.server, room.id, {}, hostToken)
    expect(back.participant.isHost).toBe(true)
    expect((await guests[0]!.api.patch(path, { name: 'Ours' })).status).toBe(403)
    stream.close()
  })

  it('hands the room over to another who is in it', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const [host, bob] = [await join(use.server, room.id, {}, hostToken), await join(use.server, room.id)]
    const path = `/api/video/rooms/${room.id}`
    expect((await host.api.patch(path, { hostParticipantId: 'nobody' })).status).toBe(404)
    expect((await host.api.patch(path, { hostParticipantId: bob.id })).body).toMatchObject({
      hostParticipantId: bob.id,
    })
    expect((await host.api.patch(path, { locked: true })).status).toBe(403)
    expect((await bob.api.patch(path, { locked: true })).status).toBe(200)
  })

  it('sends somebody out, whose token is good for nothing from then on', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const [host, bob] = [await join(use.server, room.id, {}, hostToken), await join(use.server, room.id)]
    const stream = await listen(use.server, bob)
    const others = await listen(use.server, host)
    const path = `/api/video/rooms/${room.id}`
    // Nothing that bob has put off is said when he is out.
    const soon = new Date(Date.now() + 60_000).toISOString()
    const later = await bob.api.post(`/api/broadcast?deliverAt=${soon}`, { channel: `room/${room.id}`, type: 'chat' })
    expect(later).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await host.api.post(`${path}/participants/${bob.id}/remove`)).status).toBe(204)
    await stream.ended
    expect(stream.frames.slice(-2).map(({ body }) => body)).toMatchObject([
      { type: 'participant_left', reason: 'removed', participant: { id: bob.id } },
      { type: 'disconnect', reason: 'kicked', reconnect: false },
    ])
    await others.waitFor(({ body }) => body.type === 'participant_left' && body.reason === 'removed')
    const signal = { kind: 'candidate', candidate: null }
    const outcomes = await Promise.all([
      bob.api.post('/api/webrtc/signal', { roomId: room.id, to: host.id, signal }),
      bob.api.post('/api/broadcast', { channel: `room/${room.id}`, type: 'chat' }),
      bob.api.post(`${path}/join`, { displayName: 'Bob' }),
      bob.api.get(`${path}/participants`),
      bob.api.get(`/api/channels/room%2F${room.id}/messages`),
    ])
    expect(outcomes.map(({ status, body }) => [status, body.code])).toEqual(outcomes.map(() => [403, 'not_in_room']))
    expect((await use.open({ query: { token: bob.token } })).status).toBe(403)
    expect((await host.api.post(`${path}/participants/${bob.id}/remove`)).status).toBe(404)
    others.close()
  })

  it('keeps a removed user out, and a removed guest by locking the room', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const eve = await use.tokenFor({ sub: 'eve' })
    const asUser = await join(use.server, room.id, {}, eve)
    const remove = (id: string) => use.as(hostToken).post(`/api/video/rooms/${room.id}/participants/${id}/remove`)
    expect((await remove(asUser.id)).status).toBe(204)
    expect(await codeOf(room.id, {}, eve)).toEqual([403, 'removed_from_room'])
    await use.as(hostToken).patch(`/api/video/rooms/${room.id}`, { locked: true })
    expect(await codeOf(room.id)).toEqual([403, 'room_locked'])
  })

  it('silences somebody, who is told to turn the microphone off and may turn it on again', async () => {
    const { room, hostToken } = await openRoom(use.server)
    const bob = await join(use.server, room.id)
    const stream = await listen(use.server, bob)
    const path = `/api/video/rooms/${room.id}/participants/${bob.id}`
    expect((await use.as(hostToken).post(`${path}/mute`)).status).toBe(204)
    const { body } = await stream.waitFor((frame) => frame.body.type === 'participant_updated')
    expect(body).toMatchObject({ muted: true, participant: { id: bob.id, microphone: false } })
    expect((await bob.api.patch<Participant>(path, { microphone: true })).body.microphone).toBe(true)
    const own = await stream.waitFor(
      (frame) => (frame.body.participant as Participant | undefined)?.microphone === true,
    )
    expect(own.body).not.toHaveProperty('muted')
    stream.close()
  })
})

describe('leaving', () => {
  it.each([
    ['as JSON', 'application/json', (token: string) => JSON.stringify({ token })],
    ['as a text of JSON', 'text/plain;charset=UTF-8', (token: string) => JSON.stringify({ token })],
    ['as a text', 'text/plain', (token: string) => `${token}\n`],
    ['as a form', 'application/x-www-form-urlencoded', (token: string) => `token=${token}`],
  ])('works for a page that closes and sends its token %s', async (_name, type, write) => {
    const { room } = await openRoom(use.server)
    const bob = await join(use.server, room.id)
    const path = `/api/video/rooms/${room.id}/leave`
    const leave = (body: string) => use.as(null).post(path, body, { 'content-type': type })
    expect((await leave(write('nonsense'))).status).toBe(401)
    expect((await leave(write(bob.token))).status).toBe(204)
    expect(await peopleOf(room.id)).toEqual([])
    expect((await leave(write(bob.token))).body).toMatchObject({ code: 'not_in_room' })
  })

  it('takes a token of somebody who is in that room', async () => {
    const [{ room }, other] = [await openRoom(use.server), await openRoom(use.server)]
    const bob = await join(use.server, room.id)
    expect((await use.as(null).post(`/api/video/rooms/${room.id}/leave`)).status).toBe(401)
    expect((await bob.api.post(`/api/video/rooms/${other.room.id}/leave`)).status).toBe(403)
    expect((await use.as().post(`/api/video/rooms/${room.id}/leave`)).status).toBe(403)
    const big = await use.as(null).post(`/api/video/rooms/${room.id}/leave`, 'x'.repeat(2_000_000), {
      'content-type': 'text/plain',
    })
    expect(big.status).toBe(413)
  })
})
