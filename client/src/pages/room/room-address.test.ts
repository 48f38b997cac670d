import { describe, expect, it } from 'vitest'
import { roomIdFrom, roomIdOf, roomPath } from './room-address.ts'

describe('roomIdOf', () => {
  it('finds the room when the path names one, with or without a slash at its end', () => {
    expect(roomIdOf('/rooms/team-42')).toBe('team-42')
    expect(roomIdOf('/rooms/team-42/')).toBe('team-42')
    expect(roomIdOf(roomPath('a b'))).toBe('a b')
  })

  it('finds none when the path is another page’s', () => {
    expect(roomIdOf('/rooms')).toBeNull()
    expect(roomIdOf('/rooms/')).toBeNull()
    expect(roomIdOf('/keys')).toBeNull()
  })

  it('keeps what is no escape when it is decoded', () => {
    expect(roomIdOf('/rooms/100%')).toBe('100%')
  })
})

describe('roomIdFrom', () => {
  it('takes an id, a link and a link without its scheme', () => {
    expect(roomIdFrom(' team-42 ')).toBe('team-42')
    expect(roomIdFrom('https://hub.example.org/rooms/team-42?x=1')).toBe('team-42')
    expect(roomIdFrom('hub.example.org/rooms/team-42')).toBe('team-42')
  })

  it('takes nothing else', () => {
    expect(roomIdFrom('')).toBeNull()
    expect(roomIdFrom('two words')).toBeNull()
    expect(roomIdFrom('https://hub.example.org/keys')).toBeNull()
  })
})
