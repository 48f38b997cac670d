import { BUCKETS } from './histogram.mjs'

/** What a thread of readers counts; each is one number that only it writes. */
export const FIELDS = /** @type {const} */ ([
  'opened',
  'refused',
  'lostConnections',
  'completed',
  'deliveries',
  'maxUs',
  'fewest',
  'missing',
  'doubled',
  /** Milliseconds from the thread's start to its last reader that had all it was to get. */
  'completeMs',
  /** Readers that may be opened so far; set by the main thread. */
  'allowed',
  /** Set by the main thread while deliveries count. */
  'measuring',
  /** Messages that each reader is to have got at the end; set by the main thread. */
  'wanted',
])

/** @typedef {(typeof FIELDS)[number]} Field */
/** @typedef {Record<Field, number> & { buckets: Uint32Array, memory: SharedArrayBuffer }} Tally */

/**
 * Views shared memory as a thread's counters; with none given it is made.
 * @param {SharedArrayBuffer} [memory]
 * @returns {Tally}
 */
export function tallyOf(memory = new SharedArrayBuffer(8 * FIELDS.length + 4 * BUCKETS)) {
  const numbers = new Float64Array(memory, 0, FIELDS.length)
  const buckets = new Uint32Array(memory, 8 * FIELDS.length)
  const tally = { buckets, memory }
  FIELDS.forEach((name, i) => {
    Object.defineProperty(tally, name, {
      get: () => numbers[i],
      set: (/** @type {number} */ value) => {
        numbers[i] = value
      },
    })
  })
  return /** @type {Tally} */ (tally)
}
