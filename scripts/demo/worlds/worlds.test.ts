import { describe, expect, it } from 'vitest'
import { isChannel, isPattern } from '../../../shared/channel.ts'
import { createPerson } from '../people.ts'
import { createRandom } from '../random.ts'
import { createChat } from './chat.ts'
import { createMatch } from './match.ts'
import { createShop } from './shop.ts'

const WORLDS = [createShop(), createMatch(), createChat()]

describe('the worlds of the demo', () => {
  it('share out all visitors and all messages', () => {
    const sum = (share: 'visitors' | 'messages') => WORLDS.reduce((total, world) => total + world[share], 0)
    expect(sum('visitors')).toBeCloseTo(1)
    expect(sum('messages')).toBeCloseTo(1)
  })

  it.each(WORLDS)('name channels and types that the hub takes when things happen in the $name', (world) => {
    const random = createRandom(5)
    const present = Array.from({ length: 5 }, (_, i) => createPerson(i, random))
    const happenings = Array.from({ length: 2000 }, () => world.happen(random, present)).flat()
    expect(happenings.length).toBeGreaterThan(1000)
    for (const { channel, message } of happenings) {
      expect(isChannel(channel), channel).toBe(true)
      expect(message.type).toMatch(/^[a-z_]+$/)
      expect(JSON.stringify(message)).not.toMatch(/null|NaN/)
    }
  })

  it.each(WORLDS)('let visitors of the $name follow what happens there', (world) => {
    const random = createRandom(6)
    for (let i = 0; i < 200; i++) {
      const { channels, signedIn } = world.visit(random)
      expect(channels.every((channel) => isPattern(channel))).toBe(true)
      const isOpenToAll = channels.every((channel) => channel === 'broadcast' || channel.startsWith('public/'))
      expect(signedIn || isOpenToAll, channels.join(' ')).toBe(true)
    }
  })

  it('keep the score of a match until it is over', () => {
    const random = createRandom(9)
    const match = createMatch()
    const scores = new Map<unknown, number>()
    for (const { message } of Array.from({ length: 5000 }, () => match.happen(random, [])).flat()) {
      if (message.type !== 'goal') continue
      const goals = (message.score as number[]).reduce((sum, n) => sum + n, 0)
      expect(goals).toBe((scores.get(message.matchId) ?? 0) + 1)
      scores.set(message.matchId, goals)
    }
    expect(scores.size).toBeGreaterThan(3)
  })
})
