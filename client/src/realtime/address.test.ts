import { expect, it } from 'vitest'
import { hubAddress, isLoopback, streamAddress } from './address.ts'

it.each([
  [undefined, 'https://hub.example/dash?a=1#b', 'https://hub.example/'],
  ['https://hub.example', undefined, 'https://hub.example/'],
  ['https://hub.example/push?x=1', undefined, 'https://hub.example/push/'],
  ['/push/', 'https://app.example/page', 'https://app.example/push/'],
])('finds the hub when it is %s and the page %s', (url, page, expected) => {
  expect(hubAddress(url, page)).toBe(expected)
})

it('throws when there is neither an address nor a page', () => {
  expect(() => hubAddress()).toThrow(TypeError)
})

it('repeats channel and keeps the path of the hub when it builds a stream’s address', () => {
  const subscription = { channels: ['orders/*', 'broadcast'], presence: true, position: 'k3f9.7' }
  expect(streamAddress('https://hub.example/push/', 'api/events', subscription).href).toBe(
    'https://hub.example/push/api/events?channel=orders%2F*&channel=broadcast&presence=1&lastEventId=k3f9.7',
  )
})

it('leaves out what there is none of when it builds a stream’s address', () => {
  const address = streamAddress('https://hub.example/', 'api/events', { channels: [], presence: false, position: null })
  expect(address.href).toBe('https://hub.example/api/events')
})

it.each([
  ['http://localhost:3000/api/events', true],
  ['http://app.localhost/', true],
  ['http://127.0.0.1/', true],
  ['http://[::1]:3000/', true],
  ['https://hub.example/', false],
  ['https://localhost.example/', false],
])('knows this machine when asked about %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected)
})
