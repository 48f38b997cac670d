import { accessSync, constants, statfsSync } from 'node:fs'

const MEMORY = '/dev/shm'
/** What the tests' databases, some tens of megabytes each, may come to at one time, with room to spare. */
const ENOUGH_BYTES = 4 * 1024 ** 3

/**
 * Lets the tests keep their temporary files in memory where there is enough of it: a database has a thousand of them,
 * and making one on a disk takes a second of the processor's time. A TMPDIR that is set stays.
 */
export function useQuickTemp() {
  if (process.env.TMPDIR) return
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    if (bavail * bsize >= ENOUGH_BYTES) process.env.TMPDIR = MEMORY
  } catch {
    // Not on this system.
  }
}
