import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matches as serverMatches } from '../../../shared/channel.ts'
import { matcher } from './match.ts'

const segment = fc.constantFrom('a', 'b', 'orders', '7', 'a.b', 'a:b', '-_')
const channel = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const pattern = fc
  .tuple(fc.array(fc.oneof(segment, fc.constant('*')), { maxLength: 3 }), fc.oneof(segment, fc.constantFrom('*', '**')))
  .map(([parts, last]) => [...parts, last].join('/'))

it('says what the server says when any pattern meets any channel', () => {
  fc.assert(
    fc.property(pattern, channel, (pattern, channel) => {
      expect(matcher(pattern)(channel)).toBe(serverMatches(pattern, channel))
    }),
    { numRuns: 2000 },
  )
})

it('throws at no name when it is none', () => {
  expect(matcher('a(b[')('a')).toBe(false)
})
