import { connect } from 'node:net'
import { nowUs } from './readers.mjs'

const MARK = '"sentAt":'
const STAMP_DIGITS = 16

/** Publishes over kept connections: as fast as they are answered, or at a steady rate. */
export class Publishers {
  published = 0
  failed = 0
  #text
  #at
  #rate
  #nextUs = nowUs()
  #running = true
  /** @type {import('node:net').Socket[]} */
  #free = []
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  /**
   * @param {{ port: number, count: number, rate: number, request: Buffer }} options `rate` in messages a second, or 0
   */
  constructor({ port, count, rate, request }) {
    this.#text = request
    this.#at = request.indexOf(MARK) + MARK.length
    this.#rate = rate
    for (let i = 0; i < count; i++) this.#open(port)
    if (rate > 0) this.#timer = setInterval(() => this.#due(), 1)
  }

  stop() {
    this.#running = false
    clearInterval(this.#timer)
  }

  /** @param {number} port */
  #open(port) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => this.#ready(socket))
    let answer = ''
    socket.setEncoding('latin1').on('data', (/** @type {string} */ text) => {
      answer += text
      const head = answer.indexOf('\r\n\r\n')
      if (head < 0 || answer.length < head + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(answer)?.[1] ?? 0)) return
      if (answer[9] !== '2' && this.failed++ === 0) process.stderr.write(`load: a publish failed: ${answer}\n`)
      answer = ''
      this.#ready(socket)
    })
    socket.on('error', (error) => {
      throw error
    })
  }

  /** @param {import('node:net').Socket} socket */
  #ready(socket) {
    if (!this.#running) return
    if (this.#rate > 0) this.#free.push(socket)
    else this.#publish(socket)
  }

  #due() {
    while (nowUs() >= this.#nextUs) {
      const socket = this.#free.shift()
      if (!socket) return
      this.#nextUs += 1e6 / this.#rate
      this.#publish(socket)
    }
  }

  /** @param {import('node:net').Socket} socket */
  #publish(socket) {
    this.#text.write(String(nowUs()).padStart(STAMP_DIGITS, '0'), this.#at, 'latin1')
    socket.write(Buffer.from(this.#text))
    this.published++
  }
}
