import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let base = ''
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'yayin-folder-'))
  writeFileSync(join(base, 'file'), '')
  symlinkSync(join(base, 'nothing'), join(base, 'dangling'))
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

it('makes a folder and those above it for their owner alone when they are missing', () => {
  makeFolder(join(base, 'a/b/c'))
  for (const path of ['a', 'a/b', 'a/b/c']) expect(statSync(join(base, path)).mode & 0o7777, path).toBe(0o700)
})

it('leaves a folder as it is when it is there, or is reached by a link', () => {
  mkdirSync(join(base, 'there'), { mode: 0o755 })
  symlinkSync(join(base, 'there'), join(base, 'link'))
  for (const path of ['there', 'there/', 'link']) makeFolder(join(base, path))
  makeFolder('/')
  expect(statSync(join(base, 'there')).mode & 0o777).toBe(0o755)
})

it.each([
  ['file', 'EEXIST'],
  ['file/below', 'ENOTDIR'],
  ['file/far/below', 'ENOTDIR'],
  ['dangling', 'EEXIST'],
  ['x'.repeat(300), 'ENAMETOOLONG'],
  [`new/${'x'.repeat(300)}/below`, 'ENAMETOOLONG'],
])('ends with the reason when %s can not be made', (path, code) => {
  expect(() => makeFolder(join(base, path))).toThrow(expect.objectContaining({ code }))
})

it.runIf(process.platform === 'linux')('ends when the file system lets nobody make folders', () => {
  for (const path of ['/proc/nope', '/proc/nope/a/b'])
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'ENOENT', path: '/proc/nope' }))
})
