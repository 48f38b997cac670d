import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { uptime } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** The data directory belongs to another process that runs. */
export class DataDirInUseError extends Error {
  readonly pid: number

  constructor(dataDir: string, pid: number) {
    super(`the data directory ${dataDir} is in use by process ${pid}; stop it, or set DATA_DIR to another directory`)
    this.name = 'DataDirInUseError'
    this.pid = pid
  }
}

/** A data directory that this process alone uses. */
export interface DataDirLock {
  /** Whether the last owner ended with the machine: what it had written may not have reached the disk. */
  readonly uncleanReboot: boolean
  release(): void
}

interface Owner {
  /** Tells one lock from another, even of the same process. */
  token: string
  pid: number
  bootId: string | null
  /** When the process started, in clock ticks since boot; tells it from a later process with the same pid. */
  processStart: string | null
  startedAt: string
}

/** Locks held by this process, which its pid alone would not tell from a dead namesake's. */
const held = new Set<string>()

/** Takes `dataDir`, made with mode 0700 if missing, for this process. Throws DataDirInUseError while another has it. */
export function lockDataDir(dataDir: string): DataDirLock {
  makeFolder(dataDir)
  const path = join(dataDir, 'lock')
  const owner = describeThisProcess()
  held.add(owner.token)
  try {
    const last = acquire(path, JSON.stringify(owner), dataDir)
    return { uncleanReboot: last !== null && endedWithMachine(last), release: () => release(path, owner.token) }
  } catch (error) {
    held.delete(owner.token)
    throw error
  }
}

/** Places `content` at `path`; returns what a dead owner left there, null when it was free. */
function acquire(path: string, content: string, dataDir: string): string | null {
  for (;;) {
    if (place(path, content, linkSync)) return null
    const found = read(path)
    if (found === null) continue
    const owner = parseOwner(found)
    if (owner !== null && isAlive(owner)) throw new DataDirInUseError(dataDir, owner.pid)
    if (replaceDead(path, found, content, dataDir)) return found
  }
}

/**
 * Replaces a dead owner's lock, found as `found`. The right to replace exactly this one is a lock itself, named after
 * it: whoever holds that and still finds the dead lock in place is the only one who can.
 */
function replaceDead(path: string, found: string, content: string, dataDir: string): boolean {
  const claim = `${path}.${createHash('sha256').update(found).digest('hex').slice(0, 16)}`
  acquire(claim, content, dataDir)
  try {
    return read(path) === found && place(path, content, renameSync)
  } finally {
    rmSync(claim, { force: true })
  }
}

/** Moves a finished file to `path` in one step, so that nobody reads half of it; false when the place is taken. */
function place(path: string, content: string, move: (from: string, to: string) => void): boolean {
  const temporary = `${path}.${process.pid}.${randomUUID()}`
  try {
    writeDurably(temporary, content)
    move(temporary, path)
    syncDirectory(dirname(path))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

function writeDurably(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a new name in a directory survive a power cut, where the system can. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, 'r')
    fsyncSync(directory)
    closeSync(directory)
  } catch {
    // Windows opens no directories.
  }
}

function release(path: string, token: string): void {
  held.delete(token)
  if (parseOwner(read(path) ?? '')?.token === token) rmSync(path, { force: true })
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parseOwner(content: string): Owner | null {
  try {
    const owner: unknown = JSON.parse(content)
    return typeof owner === 'object' && owner !== null && 'pid' in owner ? (owner as Owner) : null
  } catch {
    return null
  }
}

function describeThisProcess(): Owner {
  return {
    token: randomUUID(),
    pid: process.pid,
    bootId: bootId(),
    processStart: processStart(process.pid),
    startedAt: new Date().toISOString(),
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.bootId !== bootId()) return false
  if (owner.pid === process.pid) return held.has(owner.token)
  return exists(owner.pid) && owner.processStart === processStart(owner.pid) && !isZombie(owner.pid)
}

/** Tells whether a process has ended with all its threads, and only waits for its parent to take note. */
function isZombie(pid: number): boolean {
  return statFields(pid)[0] === 'Z' && threadCount(pid) <= 1
}

function threadCount(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length
  } catch {
    return 0
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A power cut may also have left the lock empty; where no boot has an id, its time tells. */
function endedWithMachine(content: string): boolean {
  const owner = parseOwner(content)
  if (owner === null) return true
  if (owner.bootId !== null) return owner.bootId !== bootId()
  return Date.parse(owner.startedAt) < Date.now() - uptime() * 1000
}

function bootId(): string | null {
  return readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? null
}

function processStart(pid: number): string | null {
  return statFields(pid)[19] ?? null
}

/** Fields of /proc/<pid>/stat from the third on, the state; the second, the name, may hold spaces and brackets. */
function statFields(pid: number): string[] {
  const stat = readProc(`/proc/${pid}/stat`)
  return stat === null ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
