import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../../shared/channel.ts'
import { defaultSettings } from '../../shared/settings.ts'
import type { Scope } from '../../shared/keys.ts'
import type { KeyCaller, UserCaller } from './caller.ts'
import { publishRule, subscribeRule } from './channel-rules.ts'

const SEGMENTS = ['a', 'b', 'user', 'admin', 'room', 'participant', 'connection']
/** Every channel of up to two segments, and some of three. */
const CHANNELS = SEGMENTS.flatMap((a) => [
  a,
  ...SEGMENTS.flatMap((b) => [`${a}/${b}`, ...['a', 'admin'].map((c) => `${a}/${b}/${c}`)]),
])
/** The namespace that a channel or pattern lies below; a word that stands alone is a name like any other. */
const above = (channel: string) => /^(user|admin|room|participant|connection)(?=\/)/.exec(channel)?.[0]

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
  matches(wanted, channel) && (above(channel) === undefined || above(wanted) === above(channel))
/** What a claim may give: of the reserved namespaces `user` alone, and that by its name. */
const gives = (grant: string, channel: string) =>
  matches(grant, channel) && (above(channel) === undefined || (above(grant) === 'user' && above(channel) === 'user'))

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
        // A connection may be spoken to by whom a claim names it.
        const names = (grant: string) =>
          gives(grant, channel) || (above(grant) === 'connection' && matches(grant, channel))
        if (/^(admin|participant|room)\//.test(channel)) expect(allowed).toBe(false)
        else expect(allowed).toBe(publish.some(names))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('keys and public channels', () => {
  const key = (scopes: Scope[], channels: string[] | null): KeyCaller => ({
    kind: 'key',
    id: 'k',
    name: 'k',
    scopes,
    channels,
    expiresAt: null,
  })

  it('let nobody below a namespace whom a wildcard let follow the channel of its bare name', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...CHANNELS), (channels, channel) => {
        const isCovered = channels.some((grant) => matches(grant, channel))
        const anyone = { anonymous_access: true, public_channels: channels }
        const isPublic = subscribeRule({ kind: 'anonymous' }, channel, undefined, anyone) === 'public'
        expect(isPublic).toBe(isCovered && above(channel) === undefined)
        const isOpened = channels.some((grant) => matches(grant, channel) && above(grant) === above(channel))
        const follows = subscribeRule(key(['subscribe'], channels), channel, undefined, nobodyElse) === 'key'
        expect(follows).toBe(isOpened && !/^(admin|room|participant|connection)\//.test(channel))
        const publishes = publishRule(key(['publish'], channels), channel, 'message') === 'key'
        expect(publishes).toBe(isOpened && !/^(admin|room|participant)\//.test(channel))
      }),
      { numRuns: 3000 },
    )
  })
})
