import { expect, it, vi } from 'vitest'
import type { Message } from '../../../shared/protocol.ts'
import { createFollowed } from './followed.ts'

const message = (channel: string): Message => ({ channel, type: 'message', timestamp: '2026-11-20T22:24:00.123Z' })

it('hands a message to those alone whose pattern covers its channel', () => {
  const followed = createFollowed(() => {})
  const heard: string[] = []
  followed.add('orders/*', ({ channel }) => heard.push(`orders: ${channel}`))
  followed.add('**', ({ channel }) => heard.push(`all: ${channel}`))
  for (const channel of ['orders/7', 'news']) followed.deliver(message(channel))
  expect(heard).toEqual(['orders: orders/7', 'all: orders/7', 'all: news'])
})

it('keeps the server’s own channels from those who did not ask for them by name', () => {
  const followed = createFollowed(() => {})
  const all = vi.fn()
  const logs = vi.fn()
  followed.add('**', all)
  followed.add('admin/logs', logs)
  followed.deliver(message('admin/logs'))
  expect(all).not.toHaveBeenCalled()
  expect(logs).toHaveBeenCalledOnce()
})

it('tells of a pattern when its first listener comes and its last one goes', () => {
  const onChange = vi.fn()
  const followed = createFollowed(onChange)
  const listener = () => {}
  const first = followed.add('a', listener)
  const second = followed.add('a', listener)
  expect(onChange).toHaveBeenCalledTimes(1)
  first()
  first()
  expect(followed.patterns()).toEqual(['a'])
  second()
  expect(followed.patterns()).toEqual([])
  expect(onChange).toHaveBeenCalledTimes(2)
})
