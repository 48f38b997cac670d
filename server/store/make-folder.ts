import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it that are missing, for their owner alone (mode 0700); a no-op for one that is there.
 * Node's own recursive `mkdir` never ends on a file system that refuses with ENOENT, such as /proc.
 * @throws the system's error, whose `path` is the folder that could not be made: this one, or one above it
 */
export function makeFolder(path: string): void {
  const refusal = tryToMake(path)
  if (refusal === null) return
  const parent = dirname(path)
  if (refusal.code !== 'ENOENT' || parent === path) throw refusal
  makeFolder(parent)
  const again = tryToMake(path)
  if (again !== null) throw again
}

/** Returns why the folder can't be made; null when it is there. */
function tryToMake(path: string): NodeJS.ErrnoException | null {
  try {
    mkdirSync(path, { mode: 0o700 })
    return null
  } catch (error) {
    // A file system that takes no changes may say so first, also of a folder that is there.
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? null : (error as NodeJS.ErrnoException)
  }
}
