import { expect, it } from 'vitest'
import { isLoopback, streamUrl } from './address.ts'

it('repeats channel and keeps the query when the address has one', () => {
  const subscription = { channels: ['orders/*', 'broadcast'], token: 'a b', position: 'k3f9.7' }
  expect(streamUrl('/api/events?presence=1', 'https://hub.example/dash', subscription)).toBe(
    'https://hub.example/api/events?presence=1&channel=orders%2F*&channel=broadcast&token=a+b&lastEventId=k3f9.7',
  )
})

it('leaves token and position out when there are none', () => {
  const url = streamUrl('https://hub.example/api/events', null, { channels: [], token: null, position: null })
  expect(url).toBe('https://hub.example/api/events')
})

it.each([
  ['http://localhost:3000/api/events', true],
  ['http://127.0.0.1/', true],
  ['http://[::1]:3000/', true],
  ['https://hub.example/', false],
  ['https://localhost.example/', false],
])('knows this machine when asked about %s', (url, expected) => {
  expect(isLoopback(url, null)).toBe(expected)
})

it('knows this machine when the address is relative to a local page', () => {
  expect(isLoopback('/api/events', 'http://localhost:3000/')).toBe(true)
})
