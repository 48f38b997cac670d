import { expect, it } from 'vitest'
import { chooseSeen, hear, isSpeaking, SILENCE, type Speech } from './speaker.ts'

const EVERY_MS = 150

/** Hears the same levels for some time. */
function listen(speech: Speech, fromMs: number, forMs: number, levels: Record<string, number>): Speech {
  let heard = speech
  for (let at = fromMs; at < fromMs + forMs; at += EVERY_MS) heard = hear(heard, new Map(Object.entries(levels)), at)
  return heard
}

it('makes nobody the speaker when all are quiet', () => {
  expect(listen(SILENCE, 0, 3000, { a: 0.004, b: 0.01 })).toMatchObject({ activeId: null, recentIds: [] })
})

it('does not take a knock for speech', () => {
  const knocked = listen(listen(SILENCE, 0, 600, { a: 0 }), 600, EVERY_MS, { a: 0.2 })
  expect(isSpeaking(listen(knocked, 750, 150, { a: 0 }), 'a')).toBe(false)
})

it('marks who speaks through the pauses between words, and not long after', () => {
  let speech = listen(SILENCE, 0, 900, { a: 0.2 })
  speech = listen(speech, 900, 450, { a: 0 })
  expect(isSpeaking(speech, 'a')).toBe(true)
  expect(isSpeaking(listen(speech, 1350, 2000, { a: 0 }), 'a')).toBe(false)
})

it('stays with the speaker when somebody coughs louder', () => {
  const speech = listen(SILENCE, 0, 1500, { a: 0.1, b: 0 })
  expect(listen(speech, 1500, 600, { a: 0.1, b: 0.5 }).activeId).toBe('a')
})

it('goes over to another when that one is clearly louder for a second', () => {
  const speech = listen(SILENCE, 0, 1500, { a: 0.1, b: 0 })
  expect(listen(speech, 1500, 2000, { a: 0.1, b: 0.5 })).toMatchObject({ activeId: 'b', recentIds: ['b', 'a'] })
})

it('goes over at once when the speaker has fallen silent', () => {
  const speech = listen(listen(SILENCE, 0, 1500, { a: 0.1, b: 0 }), 1500, 1500, { a: 0, b: 0 })
  expect(speech.activeId).toBe('a')
  expect(listen(speech, 3000, 600, { a: 0, b: 0.1 }).activeId).toBe('b')
})

it('forgets who has left', () => {
  const speech = listen(SILENCE, 0, 1500, { a: 0.1, b: 0 })
  expect(listen(speech, 1500, 300, { b: 0 })).toMatchObject({ activeId: null, recentIds: [] })
})

it('shows who spoke last, and then who came first', () => {
  expect([...chooseSeen(['d', 'gone', 'b'], ['a', 'b', 'c', 'd'], 3)]).toEqual(['d', 'b', 'a'])
  expect([...chooseSeen([], ['a', 'b'], 4)]).toEqual(['a', 'b'])
})
