import { describe, expect, it } from 'vitest'
import type { Scope } from '../../shared/api.ts'
import { defaultSettings } from '../../shared/settings.ts'
import type { AdminCaller, Caller, KeyCaller, UserCaller } from './caller.ts'
import { ownChannels } from './channel-rules.ts'
import { may, privileged, type Action, type PolicyContext } from './policy.ts'

const user = (rest: Partial<UserCaller>): UserCaller => ({
  kind: 'user',
  sub: 'ada',
  name: null,
  subscribe: [],
  publish: [],
  expiresAt: Infinity,
  tokenHash: '',
  room: null,
  ...rest,
})
const key = (scopes: Scope[], channels: string[] | null = null): KeyCaller => ({
  kind: 'key',
  id: 'k',
  name: 'k',
  scopes,
  channels,
  expiresAt: null,
})
const dashboard = (role: 'admin' | 'viewer'): AdminCaller => ({
  kind: 'admin',
  user: { id: 'u', email: 'a@b', name: null, role },
  sessionHash: '',
  expiresAt: Infinity,
})

const callers: Record<string, Caller> = {
  anon: { kind: 'anonymous' },
  /** A user with narrow claims, some of them in reserved namespaces. */
  ada: user({
    subscribe: ['orders/*', 'user/team/**', 'admin/**', 'room/**', 'participant/**', 'connection/**'],
    publish: ['orders/*', 'user/bob', 'connection/c1', 'admin/**', 'room/**', 'participant/**'],
  }),
  /** A user whose claims begin with a wildcard. */
  wild: user({ sub: 'wild', subscribe: ['**'], publish: ['**'] }),
  /** Participant p1 of room r1. */
  part: user({ sub: 'p1', room: { id: 'r1', participantId: 'p1' } }),
  kPub: key(['publish']),
  kSub: key(['subscribe']),
  kRoom: key(['rooms']),
  kTok: key(['tokens']),
  kAdm: key(['admin']),
  /** Limited to orders. */
  kLim: key(['publish', 'subscribe'], ['orders/**']),
  /** Limited to everything, which is not the reserved namespaces. */
  kWild: key(['publish', 'subscribe'], ['**']),
  view: dashboard('viewer'),
  admin: dashboard('admin'),
  /** The bearer of r1's host token. */
  host: { kind: 'host', roomId: 'r1', tokenHash: '' },
  /** The user whom r1 names as its host. */
  named: user({ sub: 'bob', isNamedHostOf: (roomId) => roomId === 'r1' }),
}

// y: allowed; 1: refused as unauthorized (401); 3: refused as forbidden (403).
const TABLE = `
action                       anon ada wild part kPub kSub kRoom kTok kAdm kLim kWild view admin host named
subscribe broadcast          y    y   y    y    y    y    y     y    y    y    y     y    y     y    y
subscribe public/a/b         y    y   y    y    y    y    y     y    y    y    y     y    y     y    y
subscribe public/**          y    y   y    y    y    y    y     y    y    y    y     y    y     y    y
subscribe orders/7           1    y   y    3    3    y    3     3    3    y    y     y    y     3    3
subscribe orders/*           1    y   y    3    3    y    3     3    3    y    y     y    y     3    3
subscribe orders/**          1    3   y    3    3    y    3     3    3    y    y     y    y     3    3
subscribe orders             1    3   y    3    3    y    3     3    3    3    y     y    y     3    3
subscribe **                 1    3   y    3    3    y    3     3    3    3    y     y    y     3    3
subscribe */x                1    3   y    3    3    y    3     3    3    3    y     y    y     3    3
subscribe user/ada           1    y   3    3    3    y    3     3    3    3    3     y    y     3    3
subscribe user/wild          1    3   y    3    3    y    3     3    3    3    3     y    y     3    3
subscribe user/p1            1    3   3    3    3    y    3     3    3    3    3     y    y     3    3
subscribe user/team/b        1    y   3    3    3    y    3     3    3    3    3     y    y     3    3
subscribe user/*             1    3   3    3    3    y    3     3    3    3    3     y    y     3    3
subscribe admin/stats        1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
subscribe admin/**           1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
subscribe admin              1    3   y    3    3    y    3     3    3    3    y     y    y     3    3
subscribe participant        1    3   y    3    3    y    3     3    3    3    y     y    y     3    3
subscribe connection/c1      1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
subscribe connection/*       1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
subscribe connection/mine    y    y   y    y    y    y    y     y    y    y    y     y    y     y    y
subscribe room/r1            1    3   3    y    3    3    3     3    3    3    3     y    y     y    y
subscribe room/r2            1    3   3    3    3    3    3     3    3    3    3     y    y     3    3
subscribe room/*             1    3   3    3    3    3    3     3    3    3    3     y    y     3    3
subscribe room/r1/x          1    3   3    3    3    3    3     3    3    3    3     y    y     3    3
subscribe participant/p1     1    3   3    y    3    3    3     3    3    3    3     3    3     3    3
subscribe participant/p2     1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
subscribe participant/**     1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
history broadcast            y    y   y    y    y    y    y     y    y    y    y     y    y     y    y
history orders/7             1    y   y    3    3    y    3     3    3    y    y     y    y     3    3
history admin/logs           1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
history connection/mine      1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
publish broadcast            1    3   y    3    y    3    3     3    3    3    y     3    y     3    3
publish orders/7             1    y   y    3    y    3    3     3    3    y    y     3    y     3    3
publish orders/7/items       1    3   y    3    y    3    3     3    3    y    y     3    y     3    3
publish user/ada             1    3   3    3    y    3    3     3    3    3    3     3    y     3    3
publish user/bob             1    y   3    3    y    3    3     3    3    3    3     3    y     3    3
publish connection/c1        1    y   3    3    y    3    3     3    3    3    3     3    y     3    3
publish connection/c2        1    3   3    3    y    3    3     3    3    3    3     3    y     3    3
publish admin                1    3   y    3    y    3    3     3    3    3    y     3    y     3    3
publish room                 1    3   y    3    y    3    3     3    3    3    y     3    y     3    3
publish admin/logs           1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
publish participant/p1       1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
publish room/r1              1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
publish:chat room/r1         1    3   3    y    3    3    3     3    3    3    3     3    3     3    3
publish:app.x room/r1        1    3   3    y    3    3    3     3    3    3    3     3    3     3    3
publish:apple room/r1        1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
publish:room_ended room/r1   1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
publish:chat room/r2         1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
publish:chat room/r1/x       1    3   3    3    3    3    3     3    3    3    3     3    3     3    3
view -                       1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
administer -                 1    3   3    3    3    3    3     3    y    3    3     3    y     3    3
make_token -                 1    3   3    3    3    3    3     y    3    3    3     3    y     3    3
create_room -                1    y   y    3    3    3    y     3    3    3    3     3    y     3    y
list_rooms -                 1    y   y    3    3    3    y     3    y    3    3     y    y     3    y
view_room r1                 1    3   3    3    3    3    3     3    y    3    3     y    y     y    y
view_room r2                 1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
manage_room r1               1    3   3    3    3    3    3     3    y    3    3     3    y     y    y
manage_room r2               1    3   3    3    3    3    3     3    y    3    3     3    y     3    3
meet_in_room r1              1    3   3    y    3    3    3     3    y    3    3     y    y     y    y
meet_in_room r2              1    3   3    3    3    3    3     3    y    3    3     y    y     3    3
`

function toAction(verb: string, target: string): Action {
  const [kind = '', type = 'message'] = verb.split(':')
  switch (kind) {
    case 'subscribe':
      return { kind, pattern: target, connectionId: 'mine' }
    case 'history':
      return { kind: 'read_history', channel: target }
    case 'publish':
      return { kind, channel: target, type }
    case 'view_room':
    case 'manage_room':
    case 'meet_in_room':
      return { kind, room: { id: target, hostId: target === 'r1' ? 'bob' : null, hostParticipantId: null } }
    default:
      return { kind } as Action
  }
}

const context: PolicyContext = defaultSettings()
const [head = '', ...rows] = TABLE.trim().split('\n')
const names = head.trim().split(/\s+/).slice(1)
const cases = rows.map((row) => {
  const [verb = '', target = '', ...marks] = row.trim().split(/\s+/)
  return { verb, target, expected: Object.fromEntries(names.map((name, i) => [name, marks[i]])) }
})

function outcome(caller: Caller, action: Action, settings = context): string {
  const decision = may(caller, action, settings)
  if (decision.allowed) return 'y'
  return decision.code === 'unauthorized' ? '1' : '3'
}

describe('may', () => {
  it('has a table that is whole when every row names every caller', () => {
    expect(names).toEqual(Object.keys(callers))
    for (const row of rows) expect(row.trim().split(/\s+/), row).toHaveLength(names.length + 2)
  })

  it.each(cases)('decides as tabled when callers would $verb $target', ({ verb, target, expected }) => {
    const actual = names.map((name) => [name, outcome(callers[name]!, toAction(verb, target))])
    expect(Object.fromEntries(actual)).toEqual(expected)
  })

  it('refuses public channels to all whom nothing else allows when anonymous access is off', () => {
    const closed = { ...context, anonymous_access: false }
    const marks = names.map((name) => outcome(callers[name]!, toAction('subscribe', 'broadcast'), closed))
    expect(marks.join(' ')).toBe('1 3 y 3 3 y 3 3 3 3 y y y 3 3')
  })

  it('keeps reserved namespaces shut when public_channels names them', () => {
    const open = { ...context, public_channels: ['**', 'admin/**', 'room/**', 'user/**'] }
    const targets = ['admin/stats', 'room/r1', 'user/ada', 'connection/c1', 'participant/p1']
    expect(targets.map((target) => outcome(callers['anon']!, toAction('subscribe', target), open))).toEqual(
      targets.map(() => '1'),
    )
    expect(outcome(callers['anon']!, toAction('subscribe', '**'), open)).toBe('y')
  })

  it('lets anyone create a room when guest_rooms is on', () => {
    const guests = { ...context, guest_rooms: true }
    expect(names.map((name) => outcome(callers[name]!, { kind: 'create_room' }, guests))).toEqual(names.map(() => 'y'))
  })

  it('refuses a request that only two grants together would cover', () => {
    const caller = user({ subscribe: ['a/b', 'a/*'] })
    expect(outcome(caller, toAction('subscribe', 'a/**'))).toBe('3')
  })

  it('limits an admin key to its channels when it has some', () => {
    const limited = key(['admin', 'subscribe'], ['orders/**'])
    expect(outcome(limited, toAction('subscribe', 'admin/stats'))).toBe('3')
    expect(outcome(key(['admin'], ['admin/*']), toAction('subscribe', 'admin/stats'))).toBe('y')
  })

  it('gives no channel of others to a user whose sub is a pattern', () => {
    for (const sub of ['**', '*', 'x/**', 'a b', '/', '']) {
      const caller = user({ sub })
      expect(ownChannels(caller), sub).toEqual([])
      expect(outcome(caller, toAction('subscribe', `user/${sub}`)), sub).toBe('3')
    }
  })

  it('names the channel and the missing right when it refuses', () => {
    const refusal = (name: string, action: Action) => {
      const decision = may(callers[name]!, action, context)
      return decision.allowed ? null : [decision.code, decision.detail]
    }
    expect(refusal('ada', toAction('subscribe', 'invoices/1'))).toEqual([
      'forbidden_channel',
      'This token may not subscribe to invoices/1: no pattern of its subscribe claim covers it.',
    ])
    expect(refusal('kSub', toAction('publish', 'orders/7'))).toEqual([
      'forbidden_channel',
      'This API key may not publish to orders/7: it lacks the scope publish.',
    ])
    expect(refusal('kLim', toAction('publish', 'broadcast'))?.[1]).toMatch(/outside the channels/)
    expect(refusal('view', { kind: 'administer' })?.[0]).toBe('forbidden')
    expect(refusal('anon', toAction('publish', 'x'))).toEqual([
      'unauthorized',
      'Sign in or send a token to publish to x.',
    ])
  })
})

describe('ownChannels', () => {
  it('gives a user their own channel, and a participant room and participant alone', () => {
    expect(ownChannels(callers['ada']!)).toEqual(['user/ada'])
    expect(ownChannels(callers['part']!)).toEqual(['room/r1', 'participant/p1'])
    expect(ownChannels(callers['admin']!)).toEqual([])
  })
})

describe('privileged', () => {
  it('is true of dashboard users and admin keys alone', () => {
    expect(names.filter((name) => privileged(callers[name]!))).toEqual(['kAdm', 'view', 'admin'])
  })
})
