import { connect } from 'node:net'
import { bucketOf } from './histogram.mjs'

const MARK = Buffer.from('"sentAt":')
const STAMP_DIGITS = 16
/** A message may be cut anywhere: so much of the last bytes is kept. */
const KEEP = MARK.length + STAMP_DIGITS - 1
const PONG = Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x33])

/** Microseconds of the wall clock. */
export function nowUs() {
  return Math.round((performance.timeOrigin + performance.now()) * 1000)
}

/**
 * @typedef {object} ReaderOptions
 * @property {number} port
 * @property {string} request `@N@` is the reader's number modulo `channels`
 * @property {Buffer | null} followUp
 * @property {boolean} engineIo
 * @property {number} first number of the first reader
 * @property {number} burst
 * @property {number} channels
 * @property {number} expect
 */

/** Opens readers and counts what they get. */
export class Readers {
  #options
  #tally
  /** @type {Reader[]} */
  #readers = []
  #startedAtMs = performance.now()

  /**
   * @param {ReaderOptions} options
   * @param {import('./tally.mjs').Tally} tally
   */
  constructor(options, tally) {
    this.#options = options
    this.#tally = tally
    this.openMore()
  }

  /** Opens as many as may be connecting at a time; the others follow by themselves. */
  openMore() {
    for (let i = 0; i < this.#options.burst; i++) this.#next()
  }

  /** Sums up over all readers what the tally is asked for at the end. */
  sum() {
    const counts = this.#readers.filter((reader) => reader.state === 'open').map((reader) => reader.count)
    const { wanted } = this.#tally
    this.#tally.fewest = counts.reduce((least, count) => Math.min(least, count), Infinity)
    this.#tally.missing = counts.reduce((sum, count) => sum + Math.max(0, wanted - count), 0)
    this.#tally.doubled = counts.reduce((sum, count) => sum + Math.max(0, count - wanted), 0)
  }

  #next() {
    const { port, request, first, channels, followUp } = this.#options
    if (this.#readers.length >= this.#tally.allowed) return
    const reader = new Reader(this)
    this.#readers.push(reader)
    const number = first + this.#readers.length - 1
    reader.open(port, request.replace('@N@', String(number % channels)), followUp)
  }

  opened() {
    this.#tally.opened++
    this.#next()
  }

  /** @param {boolean} wasOpen */
  gone(wasOpen) {
    if (wasOpen) this.#tally.lostConnections++
    else {
      this.#tally.refused++
      this.#next()
    }
  }

  /**
   * @param {Reader} reader
   * @param {number} us
   */
  arrived(reader, us) {
    if (++reader.count === this.#options.expect) {
      this.#tally.completed++
      this.#tally.completeMs = performance.now() - this.#startedAtMs
    }
    if (this.#tally.measuring === 0) return
    this.#tally.deliveries++
    const bucket = bucketOf(us)
    this.#tally.buckets[bucket] = (this.#tally.buckets[bucket] ?? 0) + 1
    if (us > this.#tally.maxUs) this.#tally.maxUs = us
  }

  get engineIo() {
    return this.#options.engineIo
  }
}

/** All readers of a thread read into one buffer, with room before it for what was kept of the last read. */
const INTO = Buffer.allocUnsafe(KEEP + 262_144)
const FRESH = INTO.subarray(KEEP)

class Reader {
  count = 0
  /** @type {'connecting' | 'open' | 'gone'} */
  state = 'connecting'
  #readers
  /** @type {Buffer} */
  #kept = Buffer.alloc(0)

  /** @param {Readers} readers */
  constructor(readers) {
    this.#readers = readers
  }

  /**
   * @param {number} port
   * @param {string} request
   * @param {Buffer | null} followUp
   */
  open(port, request, followUp) {
    /** @type {import('node:net').Socket} */
    const socket = connect({
      port,
      host: '127.0.0.1',
      onread: { buffer: FRESH, callback: (length) => this.#read(length, socket, followUp) },
    })
    socket.on('connect', () => socket.write(request))
    socket.on('error', () => undefined)
    socket.on('close', () => this.#gone())
  }

  /**
   * @param {number} length
   * @param {import('node:net').Socket} socket
   * @param {Buffer | null} followUp
   */
  #read(length, socket, followUp) {
    if (this.state === 'connecting') {
      if (!['200', '101'].includes(FRESH.toString('latin1', 9, 12))) {
        socket.destroy()
        return true
      }
      this.state = 'open'
      this.#readers.opened()
      if (followUp) socket.write(followUp)
    }
    if (this.#readers.engineIo && length === 3 && FRESH[0] === 0x81 && FRESH[2] === 0x32) socket.write(PONG)
    this.#count(length)
    return true
  }

  /** @param {number} length */
  #count(length) {
    this.#kept.copy(INTO, KEEP - this.#kept.length)
    const bytes = INTO.subarray(KEEP - this.#kept.length, KEEP + length)
    const atUs = nowUs()
    let from = 0
    for (;;) {
      const found = bytes.indexOf(MARK, from)
      const end = found + MARK.length + STAMP_DIGITS
      if (found < 0 || end > bytes.length) break
      this.#readers.arrived(this, Math.max(0, atUs - Number(bytes.toString('latin1', found + MARK.length, end))))
      from = end
    }
    this.#kept = Buffer.from(bytes.subarray(Math.max(from, bytes.length - KEEP)))
  }

  #gone() {
    const wasOpen = this.state === 'open'
    this.state = 'gone'
    this.#readers.gone(wasOpen)
  }
}
