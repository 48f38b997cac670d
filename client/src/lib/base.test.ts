import { expect, it } from 'vitest'
import { withBase, withoutBase } from './base.ts'

it('leaves addresses as they are when the hub lies at the root', () => {
  expect([withBase('/logs', ''), withoutBase('/logs', ''), withoutBase('/', '')]).toEqual(['/logs', '/logs', '/'])
})

it('puts its own addresses below the path that it lies at, and takes them out again', () => {
  expect(withBase('/logs?level=warn', '/a/b')).toBe('/a/b/logs?level=warn')
  expect(['/a/b', '/a/b/', '/a/b/logs'].map((path) => withoutBase(path, '/a/b'))).toEqual(['/', '/', '/logs'])
})

it('does not take another path of the site for its own', () => {
  expect(['/a/bc', '/a', '/logs'].map((path) => withoutBase(path, '/a/b'))).toEqual(['/a/bc', '/a', '/logs'])
})
