import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covers, isChannel, isPattern, isPublishable, matches, namespaceOf } from './channel.ts'

/** The definition, word by word: `*` is one segment, a final `**` one or more. */
function slowMatches(pattern: string, channel: string): boolean {
  const source = pattern
    .split('/')
    .map((segment, i, all) => {
      if (segment === '**' && i === all.length - 1) return '[^/]+(?:/[^/]+)*'
      return segment === '*' ? '[^/]+' : segment.replaceAll('.', String.raw`\.`)
    })
    .join('/')
  return new RegExp(`^${source}$`).test(channel)
}

const LETTERS = ['a', 'b']

/** Every channel of one to four segments over an alphabet with one letter more than patterns use. */
const CHANNELS = [1, 2, 3, 4].flatMap((length) => product([...LETTERS, 'z'], length))

function product(letters: string[], length: number): string[] {
  if (length === 1) return letters
  return product(letters, length - 1).flatMap((rest) => letters.map((letter) => `${rest}/${letter}`))
}

const segment = fc.constantFrom(...LETTERS, '*')
const pattern = fc
  .tuple(fc.array(segment, { maxLength: 2 }), fc.constantFrom(...LETTERS, '*', '**'))
  .map(([first, last]) => [...first, last].join('/'))

describe('matches', () => {
  it('agrees with the definition when patterns and channels are short', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...CHANNELS), (p, channel) => {
        expect(matches(p, channel)).toBe(slowMatches(p, channel))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('covers', () => {
  it('is true exactly when every channel of the request is in the grant', () => {
    fc.assert(
      fc.property(pattern, pattern, (grant, request) => {
        const every = CHANNELS.every((channel) => !slowMatches(request, channel) || slowMatches(grant, channel))
        expect(covers(grant, request)).toBe(every)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('isChannel and isPattern', () => {
  it.each(['a', 'orders/7', 'A-Z_0.9:x/y', 'x'.repeat(200)])('takes %s as both', (name) => {
    expect([isChannel(name), isPattern(name)]).toEqual([true, true])
  })

  it.each(['*', '**', 'a/*', 'a/*/b', '*/**', 'a/**'])('takes %s as a pattern alone', (name) => {
    expect([isChannel(name), isPattern(name)]).toEqual([false, true])
  })

  it.each(['', '/', '/a', 'a/', 'a//b', 'a b', 'ä', 'a\n', 'a\u0000', '**/a', 'a/**/b', 'a*', '***', 'x'.repeat(201)])(
    'takes %j as neither',
    (name) => {
      expect([isChannel(name), isPattern(name)]).toEqual([false, false])
    },
  )
})

describe('namespaceOf', () => {
  it.each([
    ['admin/**', 'admin'],
    ['user/7', 'user'],
    ['connection/c', 'connection'],
    ['room/*', 'room'],
    ['participant/p/q', 'participant'],
  ])('finds %s in %s', (channel, namespace) => {
    expect(namespaceOf(channel)).toBe(namespace)
  })

  it.each(['admin', 'user', 'connection', 'room', 'participant', 'administrators', 'x/admin', '*', '**', 'users/7'])(
    'leaves %s to applications',
    (channel) => {
      expect(namespaceOf(channel)).toBeNull()
      expect(isPublishable(channel)).toBe(true)
    },
  )
})

it('names the channels that the server and a room’s own people alone publish to', () => {
  const channels = ['admin/a', 'room/a', 'participant/a', 'user/a', 'connection/a']
  expect(channels.map(isPublishable)).toEqual([false, false, false, true, true])
})
