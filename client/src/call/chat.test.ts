import { expect, it } from 'vitest'
import { mergeChat, toChatLine } from './chat.ts'
import type { ChatLine } from './snapshot.ts'

const people = new Map([['p1', { displayName: 'Ada' }]])
const message = { id: 'e.7', channel: 'room/r', type: 'chat', timestamp: '2026-01-01T00:00:00.000Z', from: 'p1' }
const line = (offset: number) => ({ id: `e.${offset}` }) as ChatLine

it('takes the hub’s name for who is here, whatever the message says', () => {
  expect(toChatLine({ ...message, text: 'hello', name: 'The Host' }, people, 'p2')).toEqual({
    id: 'e.7',
    participantId: 'p1',
    name: 'Ada',
    text: 'hello',
    sentAtMs: Date.UTC(2026, 0, 1),
    own: false,
  })
})

it('takes the name in the message when its sender has left', () => {
  expect(toChatLine({ ...message, from: 'p9', text: 'bye', name: 'Eve' }, people, 'p9')).toMatchObject({
    name: 'Eve',
    own: true,
  })
})

it('is no line when it is of another type or holds no text', () => {
  expect(toChatLine({ ...message, type: 'app.poll', text: 'x' }, people, 'p2')).toBeNull()
  expect(toChatLine({ ...message, text: { html: '<b>' } }, people, 'p2')).toBeNull()
})

it('keeps log order, and each line once, when history and stream overlap', () => {
  const merged = mergeChat([line(9), line(12)], [line(12), line(10), line(2)])
  expect(merged.map(({ id }) => id)).toEqual(['e.2', 'e.9', 'e.10', 'e.12'])
})

it('is the same list when nothing is new', () => {
  const lines = [line(1)]
  expect(mergeChat(lines, [line(1)])).toBe(lines)
})
