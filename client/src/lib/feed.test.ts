import { expect, it, vi } from 'vitest'
import { createFeed } from './feed.ts'

const message = (n: number, channel = 'broadcast') => ({ id: `e.${n}`, channel, timestamp: '', type: 'message', n })

function start(limit = 500) {
  const frames: (() => void)[] = []
  const feed = createFeed(limit, (flush) => frames.push(flush))
  const shown = () => feed.view.entries.map((entry) => entry.message.n)
  const frame = () => frames.splice(0).forEach((flush) => flush())
  return { feed, frames, shown, frame }
}

it('renders once when many messages arrive within a frame', () => {
  const { feed, frames, shown, frame } = start()
  const listener = vi.fn()
  feed.subscribe(listener)
  for (let n = 1; n <= 1000; n++) feed.push(message(n))
  expect(frames).toHaveLength(1)
  frame()
  expect(listener).toHaveBeenCalledOnce()
  expect(shown()).toHaveLength(500)
  expect(shown().slice(0, 2)).toEqual([1000, 999])
})

it('keeps no more than the limit when messages never end', () => {
  const { feed, shown, frame } = start(3)
  for (let n = 1; n <= 20; n++) feed.push(message(n))
  frame()
  expect(shown()).toEqual([20, 19, 18])
})

it('stands still and counts newcomers when held', () => {
  const { feed, shown, frame } = start()
  feed.push(message(1))
  frame()
  const before = feed.view.entries
  feed.hold(true)
  feed.push(message(2))
  feed.push(message(3))
  frame()
  expect(feed.view.entries).toBe(before)
  expect(feed.view.waiting).toBe(2)
  feed.hold(false)
  expect(shown()).toEqual([3, 2, 1])
  expect(feed.view.waiting).toBe(0)
})

it('keeps a quiet channel in view when a busy one runs past it', () => {
  const { feed, shown, frame } = start(3)
  feed.filter('quiet')
  feed.push(message(1, 'quiet'))
  for (let n = 2; n <= 50; n++) feed.push(message(n, 'busy'))
  frame()
  expect(shown()).toEqual([1])
})

it('takes a pattern when the filter has a wildcard', () => {
  const { feed, shown, frame } = start()
  feed.push(message(1, 'orders/7'))
  feed.push(message(2, 'my-orders/7'))
  feed.push(message(3, 'orders/7/lines'))
  frame()
  feed.filter('orders/*')
  expect(shown()).toEqual([1])
  feed.filter('ORDERS')
  expect(shown()).toEqual([3, 2, 1])
  feed.filter('')
  expect(shown()).toEqual([3, 2, 1])
})

it('shows the new choice when the filter changes while held', () => {
  const { feed, shown, frame } = start()
  feed.push(message(1, 'a'))
  feed.push(message(2, 'b'))
  frame()
  feed.hold(true)
  feed.filter('a')
  expect(shown()).toEqual([1])
})

it('puts older messages below without repeating any when seeded late', () => {
  const { feed, shown, frame } = start()
  feed.push(message(3))
  frame()
  expect(feed.view.settled).toBe(false)
  feed.seed([message(3), message(2), message(1)])
  expect(feed.view.settled).toBe(true)
  expect(shown()).toEqual([3, 2, 1])
})

it('shows a message once when the archive knew it before the stream brought it', () => {
  const { feed, shown, frame } = start()
  feed.seed([message(2), message(1)])
  feed.push(message(2))
  feed.push(message(3))
  frame()
  expect(shown()).toEqual([3, 2, 1])
})
