import { expect, it, vi } from 'vitest'
import { createChannelSync, type ChannelChange } from './channel-sync.ts'

/** A page that wants `wanted`, and a server that notes what it is asked for and fails the first `failures` times. */
function set({ wanted = ['base'], failures = 0 } = {}) {
  const page = { wanted }
  const asked: [string, ChannelChange][] = []
  const inForce: string[] = []
  const sync = createChannelSync({
    wanted: () => page.wanted,
    retryMs: 1,
    change: async (id, change) => {
      asked.push([id, change])
      if (asked.length <= failures) throw new Error('away')
    },
    onInForce: (patterns) => inForce.push(...patterns),
  })
  return { page, asked, inForce, sync }
}

it('asks for nothing when the connection has what is wanted', async () => {
  const { asked, inForce, sync } = set()
  sync.connected('c1', ['base'])
  await Promise.resolve()
  expect(asked).toEqual([])
  expect(inForce).toEqual(['base'])
})

it('sends the changes of one turn as one, and none when they cancel out', async () => {
  const { page, asked, sync } = set()
  sync.connected('c1', ['base'])
  page.wanted = ['base', 'a']
  sync.touch()
  page.wanted = ['base', 'b']
  sync.touch()
  await vi.waitFor(() => expect(asked).toEqual([['c1', { subscribe: ['b'], unsubscribe: [] }]]))
  page.wanted = ['base']
  sync.touch()
  page.wanted = ['base', 'b']
  sync.touch()
  await Promise.resolve()
  expect(asked).toHaveLength(1)
})

it('drops what nobody wants any more', async () => {
  const { page, asked, sync } = set({ wanted: ['base', 'a'] })
  sync.connected('c1', ['base', 'a'])
  page.wanted = ['base']
  sync.touch()
  await vi.waitFor(() => expect(asked).toEqual([['c1', { subscribe: [], unsubscribe: ['a'] }]]))
})

it('tries again when a change failed, and tells when it is in force', async () => {
  const { page, asked, inForce, sync } = set({ failures: 1 })
  sync.connected('c1', ['base'])
  page.wanted = ['base', 'a']
  sync.touch()
  await vi.waitFor(() => expect(inForce).toEqual(['base', 'a']))
  expect(asked).toHaveLength(2)
})

it('asks nothing of a connection that is gone', async () => {
  const { page, asked, sync } = set()
  sync.connected('c1', ['base'])
  sync.disconnected()
  page.wanted = ['base', 'a']
  sync.touch()
  await Promise.resolve()
  expect(asked).toEqual([])
  sync.connected('c2', ['base', 'a'])
  await Promise.resolve()
  expect(asked).toEqual([])
})
