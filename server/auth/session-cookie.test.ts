import { expect, it } from 'vitest'
import { expiredCookie, sessionCookie, sessionToken } from './session-cookie.ts'

it('keeps the token from scripts and other sites, and off plain http when it came by https', () => {
  const cookie = sessionCookie('ys_a', { expiresAt: 61_500, secure: true, nowMs: 1000 })
  expect(cookie).toBe('yayin_session=ys_a; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure')
  expect(sessionCookie('ys_a', { expiresAt: 61_500, secure: false, nowMs: 1000 })).not.toContain('Secure')
})

it('makes the browser forget it when the session ends', () => {
  expect(expiredCookie(false, '/realtime')).toContain('; Path=/realtime; ')
  expect(expiredCookie(false)).toBe('yayin_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax')
})

it.each([
  [undefined, null],
  ['', null],
  ['yayin_session=', null],
  ['yayin_session', null],
  ['xyayin_session=a', null],
  ['yayin_session=a', 'a'],
  ['x=1; yayin_session=a=b ; y=2', 'a=b'],
])('finds in the header %j the token %j', (header, token) => {
  expect(sessionToken(header)).toBe(token)
})
