import { beforeEach, describe, expect, it } from 'vitest'
import type { ParticipantRow, RoomRow, StoredRoom } from '../store/video-rooms.ts'
import { RoomRegistry } from './registry.ts'

const AT = new Date('2026-01-01T00:00:00Z')

function stored(id: string, participantIds: string[] = [], more: Partial<RoomRow> = {}): StoredRoom {
  const room: RoomRow = {
    id,
    name: id,
    hostId: null,
    hostTokenHash: `hash of ${id}`,
    maxParticipants: 8,
    passcodeHash: null,
    locked: false,
    hostParticipantId: null,
    createdAt: AT,
    activeAt: AT,
    endedAt: null,
    ...more,
  }
  return { room, participants: participantIds.map((pid) => ({ id: pid, roomId: id }) as ParticipantRow) }
}

let table: Map<string, StoredRoom>
/** How often one room, or one host token, was looked for. */
let looks: number
let heard: [string, string[] | null][]
let registry: RoomRegistry
/** Holds back what `find` has read until it is called; null lets it through. */
let hold: Promise<void> | null

beforeEach(() => {
  table = new Map()
  heard = []
  hold = null
  looks = 0
  registry = open(false)
})

function open(isShared: boolean): RoomRegistry {
  const isOpen = ({ room }: StoredRoom) => room.endedAt === null
  return new RoomRegistry(
    {
      open: async () => [...table.values()].filter(isOpen),
      async find(id) {
        looks++
        const found = table.get(id) ?? null
        await hold
        return found
      },
      async findByHostToken(hash) {
        looks++
        return [...table.values()].find((each) => isOpen(each) && each.room.hostTokenHash === hash)?.room.id ?? null
      },
    },
    isShared,
    (id, now) => heard.push([id, now && now.participants.map((row) => row.id)]),
  )
}

describe('the rooms in memory', () => {
  it('are those that are open in the table, after a load and after each refresh', async () => {
    table.set('a', stored('a', ['p1', 'p2']))
    table.set('b', stored('b', [], { endedAt: AT }))
    await registry.load()
    expect(registry.counts()).toEqual({ active: 1, participants: 2 })
    expect(registry.isPresent({ id: 'a', participantId: 'p2' })).toBe(true)
    expect(registry.isPresent({ id: 'b', participantId: 'p2' })).toBe(false)
    table.set('a', stored('a', ['p1'], { hostId: 'ada' }))
    table.set('c', stored('c'))
    await registry.refresh('a')
    expect(registry.isPresent({ id: 'a', participantId: 'p2' })).toBe(false)
    expect([registry.isNamedHost('ada', 'a'), registry.isNamedHost('ada', 'c')]).toEqual([true, false])
    table.delete('a')
    await registry.load()
    expect([...registry.list()].map(({ room }) => room.id)).toEqual(['c'])
    expect(heard).toEqual([
      ['a', ['p1', 'p2']],
      ['a', ['p1']],
      ['a', null],
      ['c', []],
    ])
  })

  it('know a host token until the room ends', async () => {
    table.set('a', stored('a'))
    expect((await registry.refresh('a'))?.room.id).toBe('a')
    expect(registry.findHost('hash of a')).toEqual({ kind: 'host', roomId: 'a', tokenHash: 'hash of a' })
    table.set('a', stored('a', [], { endedAt: AT }))
    expect((await registry.refresh('a'))?.room.endedAt).toEqual(AT)
    expect(registry.findHost('hash of a')).toBeNull()
    expect(registry.get('a')).toBeUndefined()
  })

  it('end up as the table stands when reads overtake each other', async () => {
    let release = () => {}
    hold = new Promise((resolve) => (release = resolve))
    table.set('a', stored('a', ['p1']))
    const first = registry.refresh('a')
    await Promise.resolve()
    table.set('a', stored('a', ['p1', 'p2']))
    const second = registry.refresh('a')
    hold = null
    release()
    await Promise.all([first, second])
    expect(registry.counts().participants).toBe(2)
  })

  it('are all there is where no other node changes them', async () => {
    table.set('a', stored('a', ['p1']))
    expect(registry.isPresent({ id: 'a', participantId: 'p1' })).toBe(false)
    expect(registry.findHost('hash of a')).toBeNull()
    expect(looks).toBe(0)
  })

  it('are looked for in the table when another node may have changed them', async () => {
    const shared = open(true)
    table.set('a', stored('a', ['p1']))
    expect(await shared.findHost('hash of a')).toEqual({ kind: 'host', roomId: 'a', tokenHash: 'hash of a' })
    table.set('a', stored('a', ['p1', 'p2']))
    expect(shared.has({ id: 'a', participantId: 'p2' })).toBe(false)
    expect(await shared.isPresent({ id: 'a', participantId: 'p2' })).toBe(true)
    expect(await shared.isPresent({ id: 'a', participantId: 'p3' })).toBe(false)
    expect(await shared.findHost('hash of b')).toBeNull()
    looks = 0
    expect([shared.isPresent({ id: 'a', participantId: 'p2' }), shared.findHost('hash of a')]).toMatchObject([true, {}])
    expect(looks).toBe(0)
  })

  it('go on after a read that failed, and ask nothing about what can be no room', async () => {
    const away = () => Promise.reject(new Error('away'))
    const broken = new RoomRegistry({ open: async () => [], find: away, findByHostToken: away }, false, () => undefined)
    await expect(broken.refresh('a')).rejects.toThrow('away')
    expect(await broken.refresh('no/room')).toBeNull()
    await expect(broken.load()).resolves.toBeUndefined()
  })
})
