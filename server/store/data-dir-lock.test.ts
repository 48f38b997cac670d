import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataDirInUseError, lockDataDir } from './data-dir-lock.ts'

let parent: string
let dir: string
const lockFile = () => join(dir, 'lock')
const owner = () => JSON.parse(readFileSync(lockFile(), 'utf8')) as Record<string, unknown>

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'yayin-lock-'))
  dir = join(parent, 'data')
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

/** Leaves a lock as this process would write it, but for some fields. */
function leaveLock(changes: Record<string, unknown>): void {
  const lock = lockDataDir(dir)
  const content = owner()
  lock.release()
  writeFileSync(lockFile(), JSON.stringify({ ...content, token: 'another', ...changes }))
}

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid

describe('lockDataDir', () => {
  it('makes the directory for its owner alone and names this process when it is free', () => {
    const lock = lockDataDir(dir)
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(owner()).toMatchObject({ pid: process.pid })
    expect(lock.uncleanReboot).toBe(false)
    lock.release()
    expect(readdirSync(dir)).toEqual([])
  })

  it('refuses, naming the process, when another one lives', () => {
    leaveLock({ pid: process.ppid, processStart: readStart(process.ppid) })
    expect(() => lockDataDir(dir)).toThrow(DataDirInUseError)
    expect(() => lockDataDir(dir)).toThrow(`in use by process ${process.ppid}`)
  })

  it('refuses when this very process holds it already', () => {
    const lock = lockDataDir(dir)
    expect(() => lockDataDir(dir)).toThrow(DataDirInUseError)
    lock.release()
  })

  it.each<[string, () => Record<string, unknown>, boolean]>([
    ['the process is dead', () => ({ pid: deadPid() }), false],
    ['its pid is this process’s, from an earlier life', () => ({ pid: process.pid }), false],
    ['its pid went to a later process', () => ({ pid: process.ppid, processStart: 'earlier' }), false],
    ['the machine was started again', () => ({ pid: process.ppid, bootId: 'earlier' }), true],
  ])('takes over when %s', (_when, changes, uncleanReboot) => {
    leaveLock(changes())
    const lock = lockDataDir(dir)
    expect(owner()).toMatchObject({ pid: process.pid })
    expect(lock.uncleanReboot).toBe(uncleanReboot)
    lock.release()
    expect(readdirSync(dir)).toEqual([])
  })

  it('takes over as after a power cut when the lock is empty', () => {
    leaveLock({})
    writeFileSync(lockFile(), '')
    const lock = lockDataDir(dir)
    expect(lock.uncleanReboot).toBe(true)
    lock.release()
  })

  it('leaves the lock of another alone when it is released late', () => {
    const lock = lockDataDir(dir)
    writeFileSync(lockFile(), JSON.stringify({ ...owner(), token: 'another' }))
    lock.release()
    expect(existsSync(lockFile())).toBe(true)
  })
})

function readStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!
}
