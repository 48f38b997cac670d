import { expect, it } from 'vitest'
import { isSameOrigin } from './origin.ts'

it.each([
  ['http://a.example', 'http://a.example', null, true],
  ['http://A.example:80', 'http://a.example', null, true],
  ['https://a.example', 'http://a.example', null, false],
  ['http://a.example:3000', 'http://a.example', null, false],
  ['http://b.a.example', 'http://a.example', null, false],
  ['https://pub.example', 'http://10.0.0.1:3000', 'https://pub.example/hub/', true],
  ['null', 'null', null, false],
  ['file://', 'file://', null, false],
  ['', 'http://a.example', null, false],
  [undefined, 'http://a.example', null, false],
])('compares the origin %j with %j and %j: %j', (origin, own, publicUrl, expected) => {
  expect(isSameOrigin(origin, own, publicUrl)).toBe(expected)
})
