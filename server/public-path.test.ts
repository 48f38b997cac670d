import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { mountOf, setMount } from './auth/mount.ts'
import { createPublicPath } from './public-path.ts'

function requestFor(url: string): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { url })
}

function fitted(publicUrl: string, url: string): string | undefined {
  const req = requestFor(url)
  createPublicPath(publicUrl)!(req)
  return req.url
}

it('has nothing to do when the hub lies at the root of its site', () => {
  expect([null, 'https://hub.example', 'https://hub.example/'].map(createPublicPath)).toEqual([null, null, null])
})

it.each([
  ['/hub/api/stats?node=all', '/api/stats?node=all'],
  ['/hub/ws/orders/7?token=t', '/ws/orders/7?token=t'],
  ['/hub/', '/'],
  ['/hub', '/'],
  ['/hub?a=1', '/?a=1'],
  ['/api/stats', '/api/stats'],
  ['/', '/'],
  ['/hubs', '/hubs'],
])('reads %s as %s when a proxy did or did not take the path off', (url, own) => {
  expect(fitted('https://example.org/hub', url)).toBe(own)
})

it.each([
  ['/api/stats', '/api/stats'],
  ['/api/api/stats', '/api/stats'],
  ['/api/ws', '/ws'],
])('reads %s as %s when the path is called as one of the hub itself', (url, own) => {
  expect(fitted('https://example.org/api', url)).toBe(own)
  expect(fitted('https://example.org/ws', '/ws/orders')).toBe('/ws/orders')
})

it('notes the path for pages and cookies, unless an app has done so', () => {
  const place = createPublicPath('https://example.org/a/hub/')!
  const [alone, embedded] = [requestFor('/'), requestFor('/')]
  setMount(embedded, '')
  for (const req of [alone, embedded]) place(req)
  expect([alone, embedded].map(mountOf)).toEqual(['/a/hub', ''])
})
