import { expect, it, vi } from 'vitest'
import type { Client, Gap, Member, PresenceChange, Received } from '../realtime/index.ts'
import { createChannelStore } from './channel-store.ts'
import { applyChange, createPresenceStore } from './presence-store.ts'

type Message = Received<Record<string, Record<string, unknown>>>
const GAP = { status: 'gap', reason: 'expired', from: 'e.1', to: 'e.9' } as Gap
const message = (n: number, type = 'a') => ({ id: `e.${n}`, type, n }) as unknown as Message
const member = (connectionId: string, userId?: string) =>
  ({ connectionId, joinedAt: '', connections: [connectionId], ...(userId && { userId }) }) as Member
/** Lets promises and the stores' own turn pass. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** Plays a client whose channel says what the test wants. */
function fake() {
  const heard = { message: new Set<(m: Message) => void>(), gap: new Set<(g: Gap) => void>() }
  const presence = new Set<(change: PresenceChange) => void>()
  const listen =
    <T>(set: Set<T>) =>
    (hear: T, { signal }: { signal: AbortSignal }) => {
      set.add(hear)
      signal.addEventListener('abort', () => set.delete(hear))
    }
  const channel = {
    on: (_type: string, hear: (m: Message) => void, options: { signal: AbortSignal }) =>
      listen(heard.message)(hear, options),
    onPresence: listen(presence),
    history: vi.fn<() => Promise<{ messages: Message[]; nextCursor: null }>>(),
    presence: vi.fn<() => Promise<Member[]>>(),
  }
  const client = {
    channel: () => channel,
    onGap: listen(heard.gap),
    onState: listen(new Set()),
    state: { status: 'live' },
  }
  return { source: { get: () => client as unknown as Client }, channel, heard, presence }
}

it('shows the past and what comes meanwhile once, in order, and the newest alone', async () => {
  const { source, channel, heard } = fake()
  channel.history.mockResolvedValue({ messages: [message(3), message(2), message(1, 'b')], nextCursor: null })
  const store = createChannelStore<Record<string, Record<string, unknown>>>(source, 'x', {
    types: ['a'],
    history: 3,
    keep: 3,
  })
  const onChange = vi.fn<() => void>()
  const stop = store.subscribe(onChange)
  expect(store.getSnapshot().loading).toBe(true)
  for (const hear of heard.message) for (const n of [3, 4, 5]) hear(message(n))
  await settle()
  expect(store.getSnapshot().messages.map(({ id }) => id)).toEqual(['e.3', 'e.4', 'e.5'])
  expect(store.getSnapshot()).toMatchObject({ loading: false, error: null, gap: null })
  expect(onChange.mock.calls.length).toBeLessThanOrEqual(2)
  stop()
  expect([heard.message.size, heard.gap.size]).toEqual([0, 0])
})

it('reads the past anew when something was missed for good', async () => {
  const { source, channel, heard } = fake()
  channel.history.mockResolvedValueOnce({ messages: [message(1)], nextCursor: null })
  channel.history.mockResolvedValueOnce({ messages: [message(10)], nextCursor: null })
  const store = createChannelStore(source, 'x', { history: 3, keep: 3 })
  store.subscribe(() => undefined)
  await settle()
  for (const hear of heard.gap) hear(GAP)
  await settle()
  expect(store.getSnapshot()).toMatchObject({ gap: GAP, messages: [{ id: 'e.10' }] })
})

it('says why the past could not be read', async () => {
  const { source, channel } = fake()
  channel.history.mockRejectedValue(new Error('no'))
  const store = createChannelStore(source, 'x', { history: 3, keep: 3 })
  store.subscribe(() => undefined)
  await settle()
  expect(store.getSnapshot()).toMatchObject({ loading: false, error: new Error('no'), messages: [] })
})

it('takes over comings and goings while the list is on its way', async () => {
  const { source, channel, presence } = fake()
  let answer: (members: Member[]) => void = () => undefined
  channel.presence.mockReturnValue(new Promise((resolve) => (answer = resolve)))
  const store = createPresenceStore(source, 'x')
  store.subscribe(() => undefined)
  for (const hear of presence) {
    hear({ type: 'leave', channel: 'x', member: member('1', 'ada') })
    hear({ type: 'join', channel: 'x', member: member('3', 'cem') })
  }
  answer([member('1', 'ada'), member('2', 'bob')])
  await settle()
  expect(store.getSnapshot()).toEqual({
    members: [member('2', 'bob'), member('3', 'cem')],
    loading: false,
    error: null,
  })
})

it('counts a user once, whichever of their connections is named, and strangers by connection', () => {
  const change = (type: 'join' | 'leave', who: Member): PresenceChange => ({ type, channel: 'x', member: who })
  const both = applyChange([member('1', 'ada'), member('2')], change('join', member('9', 'ada')))
  expect(both.map(({ connectionId }) => connectionId)).toEqual(['2', '9'])
  expect(applyChange(both, change('leave', member('2')))).toEqual([member('9', 'ada')])
})
