import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matches as serverMatches } from '../../../shared/channel.ts'
import { matches } from './match.ts'

const segment = fc.constantFrom('a', 'b', 'orders', '7')
const channel = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const pattern = fc
  .tuple(fc.array(fc.oneof(segment, fc.constant('*')), { maxLength: 3 }), fc.oneof(segment, fc.constantFrom('*', '**')))
  .map(([parts, last]) => [...parts, last].join('/'))

it('says what the server says when any pattern meets any channel', () => {
  fc.assert(
    fc.property(pattern, channel, (pattern, channel) => {
      expect(matches(pattern, channel)).toBe(serverMatches(pattern, channel))
    }),
    { numRuns: 2000 },
  )
})
