import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstSegment, isReserved, matches } from '../../shared/channel.ts'
import { defaultSettings } from '../../shared/settings.ts'
import type { UserCaller } from './caller.ts'
import { publishRule, subscribeRule } from './channel-rules.ts'

const SEGMENTS = ['a', 'b', 'user', 'admin', 'room']
/** Every channel of up to three segments. */
const CHANNELS = SEGMENTS.flatMap((a) => [
  a,
  ...SEGMENTS.flatMap((b) => [`${a}/${b}`, ...SEGMENTS.map((c) => `${a}/${b}/${c}`)]),
])

const segment = fc.constantFrom(...SEGMENTS, '*')
const pattern = fc
  .tuple(fc.array(segment, { maxLength: 2 }), fc.constantFrom(...SEGMENTS, '*', '**'))
  .map(([head, last]) => [...head, last].join('/'))
const claims = fc.array(pattern, { maxLength: 4 })

const nobodyElse = { ...defaultSettings(), public_channels: [] }
const user = (rights: Partial<UserCaller>): UserCaller => {
  const base = { kind: 'user', sub: 'x', name: null, subscribe: [], publish: [], tokenHash: '', room: null } as const
  return { ...base, expiresAt: Infinity, ...rights }
}
/** What a subscription brings: a wildcard in the first place reaches no reserved namespace. */
const brings = (wanted: string, channel: string) =>
  matches(wanted, channel) && (!isReserved(channel) || firstSegment(wanted) === firstSegment(channel))
/** What a claim may give: of the reserved namespaces `user` alone, and that by its name. */
const gives = (grant: string, channel: string) =>
  matches(grant, channel) &&
  (!isReserved(channel) || (firstSegment(grant) === 'user' && firstSegment(channel) === 'user'))

describe('a user’s claims', () => {
  it('let them subscribe to nothing that brings a channel beyond one of the claims', () => {
    let allowed = 0
    fc.assert(
      fc.property(claims, pattern, (subscribe, wanted) => {
        if (subscribeRule(user({ subscribe }), wanted, undefined, nobodyElse) === null) return
        allowed++
        const brought = CHANNELS.filter((channel) => brings(wanted, channel))
        expect(brought.filter((channel) => !subscribe.some((grant) => gives(grant, channel)))).toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(allowed).toBeGreaterThan(50)
  })

  it('let them subscribe to each single channel that a claim gives', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...CHANNELS), (subscribe, channel) => {
        const rule = subscribeRule(user({ subscribe }), channel, undefined, nobodyElse)
        expect(rule !== null).toBe(subscribe.some((grant) => gives(grant, channel)) || channel === 'user/x')
      }),
      { numRuns: 3000 },
    )
  })

  it('let them publish to exactly what a claim gives, and never as the server', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...CHANNELS), (publish, channel) => {
        const allowed = publishRule(user({ publish }), channel, 'message') !== null
        if (['admin', 'participant', 'room'].includes(firstSegment(channel))) expect(allowed).toBe(false)
        else expect(allowed).toBe(publish.some((grant) => gives(grant, channel)))
      }),
      { numRuns: 3000 },
    )
  })
})
