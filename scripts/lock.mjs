import { constants } from 'node:os'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT, say, signalRunning } from './run.mjs'

const LOCK = `${ROOT}.setup.lock`
const BEAT_MS = 500
/** A holder that has not touched the lock for so long is gone. */
const STALE_MS = 5000

/**
 * Does `work` while no other process of this folder does any; waits for its turn.
 * @param {() => Promise<void>} work
 */
export async function withLock(work) {
  await acquire()
  const beat = setInterval(touch, BEAT_MS)
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    signalRunning(signal)
    release()
    process.exit(128 + constants.signals[signal])
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    await work()
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    clearInterval(beat)
    release()
  }
}

async function acquire() {
  for (let told = false; !create(); told = true) {
    if (!told) say('Another process is installing or building here; waiting for it.')
    await delay(100)
    removeStale()
  }
}

function create() {
  try {
    writeFileSync(LOCK, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead holder's lock away; of several processes that try at once, one gets it. */
function removeStale() {
  if (ageMs(LOCK) <= STALE_MS) return
  const aside = `${LOCK}.${process.pid}`
  tolerant(() => {
    renameSync(LOCK, aside)
    // Somebody was faster, and this is their new lock: back with it.
    if (ageMs(aside) <= STALE_MS) tolerant(() => linkSync(aside, LOCK))
    rmSync(aside)
  })
}

function release() {
  tolerant(() => {
    if (readFileSync(LOCK, 'utf8') === `${process.pid}\n`) rmSync(LOCK)
  })
}

function touch() {
  tolerant(() => utimesSync(LOCK, new Date(), new Date()))
}

/** @param {string} path */
function ageMs(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
}

/**
 * Does `work`; that the file has come or gone meanwhile is no error.
 * @param {() => void} work
 */
function tolerant(work) {
  try {
    work()
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  }
}
