import { describe, expect, it } from 'vitest'
import type { ChatLine } from '../../../call/index.ts'
import { countUnread, isContinued } from './chat-groups.ts'

const line = (id: string, change: Partial<ChatLine> = {}): ChatLine => ({
  id,
  participantId: 'ada',
  name: 'Ada',
  text: 'hello',
  sentAtMs: 1000,
  own: false,
  ...change,
})

describe('countUnread', () => {
  it('counts what others wrote after the line that was seen', () => {
    const chat = [line('a'), line('b'), line('c', { own: true }), line('d')]
    expect(countUnread(chat, 'a', 0)).toBe(2)
    expect(countUnread(chat, 'd', 0)).toBe(0)
  })

  it('counts nothing that was written before one came', () => {
    const chat = [line('a', { sentAtMs: 10 }), line('b', { sentAtMs: 2000 })]
    expect(countUnread(chat, null, 1000)).toBe(1)
  })
})

describe('isContinued', () => {
  it('goes on when the same person writes within two minutes', () => {
    expect(isContinued(line('a'), line('b', { sentAtMs: 60_000 }))).toBe(true)
    expect(isContinued(line('a'), line('b', { sentAtMs: 200_000 }))).toBe(false)
    expect(isContinued(line('a'), line('b', { participantId: 'bob' }))).toBe(false)
    expect(isContinued(undefined, line('b'))).toBe(false)
  })

  it('starts anew when nobody knows who wrote', () => {
    expect(isContinued(line('a', { participantId: null }), line('b', { participantId: null }))).toBe(false)
  })
})
