import { expect, it } from 'vitest'
import { createParticipantStore, type JoinTerms } from '../../server/store/video-participants.ts'
import { createRoomStore, type NewRoom } from '../../server/store/video-rooms.ts'
import { describeStores } from '../support/stores.ts'
import { until } from '../support/until.ts'

const ROOM: NewRoom = {
  id: 'r1',
  name: 'Daily',
  hostId: null,
  hostTokenHash: 'hash',
  maxParticipants: 8,
  passcodeHash: null,
}
const GUEST: JoinTerms = { passcodeHash: null, passes: false, takesHost: 'never' }
const HOST: JoinTerms = { ...GUEST, passes: true, takesHost: 'always' }

describeStores('rooms and participants', (database) => {
  const rooms = () => createRoomStore(database().db)
  const participants = () => createParticipantStore(database().db)
  const joinAs = (id: string, terms = GUEST, userId: string | null = null) =>
    participants().join({ id, roomId: 'r1', displayName: id, userId, microphone: true, camera: true }, terms)
  const presentIds = async () => (await rooms().find('r1'))?.participants.map(({ id }) => id)
  const age = (id: string, seconds: number) =>
    database().pool.query(`update video_participants set seen_at = now() - make_interval(secs => $1) where id = $2`, [
      seconds,
      id,
    ])

  it('hold as many as they may and not one more when fifty come at once', async () => {
    await rooms().create(ROOM)
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => joinAs(`p${n}`)))
    const kinds = outcomes.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'joined')).toHaveLength(8)
    expect(kinds.filter((kind) => kind === 'full')).toHaveLength(42)
    expect(await presentIds()).toHaveLength(8)
  })

  it('stay within the bound while some leave and others come', async () => {
    await rooms().create({ ...ROOM, maxParticipants: 2 })
    const stay = async (n: number) => {
      const { kind } = await joinAs(`p${n}`)
      const count = (await presentIds())!.length
      if (kind === 'joined') await participants().leave(`p${n}`, 'left')
      return count
    }
    const counts = await Promise.all(Array.from({ length: 30 }, (_, n) => stay(n)))
    expect(Math.max(...counts)).toBeLessThanOrEqual(2)
    expect(await presentIds()).toEqual([])
  })

  it('are handed to the longest present when the host leaves, and to nobody when nobody is left', async () => {
    await rooms().create(ROOM)
    for (const id of ['a', 'b', 'c']) await joinAs(id, id === 'b' ? HOST : GUEST)
    const first = await participants().leave('b', 'left')
    expect(first).toMatchObject({ isHandedOver: true, room: { hostParticipantId: 'a' } })
    expect(await participants().leave('b', 'left')).toBeNull()
    expect(await participants().leave('c', 'left')).toMatchObject({ isHandedOver: false })
    expect(await participants().leave('a', 'left')).toMatchObject({
      isHandedOver: false,
      room: { hostParticipantId: null },
    })
  })

  it('have one host when two hosts leave and come at once', async () => {
    await rooms().create(ROOM)
    for (const id of ['a', 'b', 'c', 'd']) await joinAs(id, HOST)
    await Promise.all(['d', 'a', 'b'].map((id) => participants().leave(id, 'left')))
    expect((await rooms().find('r1'))?.room.hostParticipantId).toBe('c')
  })

  it('let a removed user in no more, but guests of the same room', async () => {
    await rooms().create(ROOM)
    await joinAs('a', GUEST, 'ada')
    await participants().leave('a', 'removed')
    expect(await joinAs('a2', GUEST, 'ada')).toEqual({ kind: 'removed' })
    expect(await joinAs('b', GUEST, 'bob')).toMatchObject({ kind: 'joined' })
    expect(await joinAs('c')).toMatchObject({ kind: 'joined' })
    expect(await joinAs('a3', HOST, 'ada')).toMatchObject({ kind: 'joined' })
  })

  it('keep newcomers out when locked, ended or under another passcode meanwhile', async () => {
    await rooms().create(ROOM)
    await rooms().change('r1', { passcodeHash: 'other' })
    expect(await joinAs('a')).toEqual({ kind: 'other_passcode' })
    await rooms().change('r1', { passcodeHash: null, locked: true })
    expect(await joinAs('a')).toEqual({ kind: 'locked' })
    expect(await joinAs('a', HOST)).toMatchObject({ kind: 'joined', isNewHost: true })
    await rooms().end('r1')
    expect(await joinAs('b', HOST)).toEqual({ kind: 'not_open' })
    expect(await presentIds()).toEqual([])
    expect([await rooms().end('r1'), await rooms().change('r1', { name: 'x' })]).toEqual([null, null])
    expect(await participants().leave('a', 'left')).toBeNull()
    expect(await participants().change('a', { hand: true })).toBeNull()
  })

  it('let those leave who were away for too long, and none who was seen meanwhile', async () => {
    await rooms().create(ROOM)
    for (const id of ['a', 'b', 'c', 'd']) await joinAs(id)
    for (const id of ['a', 'b', 'c']) await age(id, 16)
    expect((await participants().away(15, ['c'])).sort()).toEqual(['a', 'b'])
    await participants().seen(['b'])
    expect(await participants().leaveIfAway('a', 15)).toMatchObject({ participant: { leftReason: 'away' } })
    expect(await participants().leaveIfAway('b', 15)).toBeNull()
    expect(await presentIds()).toEqual(['b', 'c', 'd'])
  })

  it('close when nobody was in them for a while, but not while somebody joins', async () => {
    await rooms().create(ROOM)
    await rooms().create({ ...ROOM, id: 'r2', hostTokenHash: 'hash2' })
    await joinAs('a')
    await database().pool.query(`update video_rooms set active_at = now() - interval '2 hours'`)
    expect((await rooms().endIdle(3600)).map(({ id }) => id)).toEqual(['r2'])
    await participants().leave('a', 'left')
    expect(await rooms().endIdle(3600)).toEqual([])
    for (let round = 0; round < 20; round++) {
      await database().pool.query(`update video_rooms set active_at = now() - interval '2 hours' where id = 'r1'`)
      const [joined, ended] = await Promise.all([joinAs(`p${round}`), rooms().endIdle(3600)])
      // Whichever came first, the other saw it.
      expect(joined.kind).toBe(ended.length === 1 ? 'not_open' : 'joined')
      if (ended.length === 1) await database().pool.query(`update video_rooms set ended_at = null where id = 'r1'`)
      await participants().leave(`p${round}`, 'left')
    }
  })

  it('are forgotten, and their ids free, some time after they ended', async () => {
    await rooms().create(ROOM)
    await joinAs('a')
    await rooms().end('r1')
    expect(await rooms().create(ROOM)).toBeNull()
    await rooms().forget(3600)
    expect(await rooms().find('r1')).not.toBeNull()
    await until(async () => {
      await rooms().forget(0)
      return (await rooms().find('r1')) === null
    })
    expect(await rooms().create(ROOM)).not.toBeNull()
  })

  it('are read while open, with those who are in them', async () => {
    await rooms().create(ROOM)
    await rooms().create({ ...ROOM, id: 'r2', hostTokenHash: 'hash2' })
    await rooms().create({ ...ROOM, id: 'r3', hostTokenHash: 'hash3' })
    await rooms().end('r2')
    await joinAs('a')
    await joinAs('b')
    await participants().leave('a', 'left')
    const open = await rooms().open()
    expect(open.map(({ room, participants: inIt }) => [room.id, inIt.map(({ id }) => id)])).toEqual([
      ['r1', ['b']],
      ['r3', []],
    ])
  })
})
