import { Socket } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startHub, type TestHub } from '../../tests/support/hub.ts'
import type { Principal } from '../hub/connection.ts'
import { watchDeadPeers } from './index.ts'
import type { UnansweredSocket } from './proc-net.ts'

let test: TestHub
let watch: ReturnType<typeof watchDeadPeers>
let sockets: UnansweredSocket[] | null
let reads: number
let fails: boolean
let isClosed: boolean

beforeEach(async () => {
  vi.useFakeTimers()
  sockets = []
  reads = 0
  fails = false
  isClosed = false
  test = await startHub()
  const reader = {
    read() {
      reads++
      return fails ? Promise.reject(new Error('no thread to be had')) : Promise.resolve(sockets)
    },
    close: () => void (isClosed = true),
  }
  const { hub, settings } = test
  watch = watchDeadPeers({ hub, settings, log: pino({ enabled: false }), reader })
})
afterEach(() => {
  watch.stop()
  test.hub.stop()
  vi.useRealTimers()
})

/** A socket of Node's between 10.0.0.1:80 and another end. */
function socketTo(remoteAddress: string, remotePort: number, own: object = {}): Socket {
  const names = { localAddress: '::ffff:10.0.0.1', localPort: 80, remoteAddress, remotePort, ...own }
  const socket = Object.assign(new Socket(), { write: () => true })
  for (const [name, value] of Object.entries(names)) Object.defineProperty(socket, name, { value })
  return socket
}

const open = (sink: Socket, given: { transport?: string; principal?: Principal } = {}) =>
  test.connect({ transport: 'sse', sink, ...given })

/** Sockets of 10.0.0.1:80 with these other ends, hexadecimal, tried this often. */
const unanswered = (tries: number, ...ends: string[]) =>
  ends.map((end) => ({ ends: `0100000A:0050 ${end}`, tries, unacknowledged: 40 }))

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

it('closes the stream that has had no answer for 20 s, as a failure, and none but that', async () => {
  const gone = open(socketTo('10.0.0.9', 5000))
  const others = [
    socketTo('10.0.0.9', 5001),
    socketTo('10.0.0.8', 5000),
    socketTo('::ffff:10.0.0.9', 5000, { localPort: 8080 }),
    socketTo('10.0.0.9', 5000, { localAddress: '10.0.0.2' }),
  ].map((socket) => open(socket))
  others.push(open(socketTo('10.0.0.9', 5000), { transport: 'ws' }))
  sockets = unanswered(4, '0900000A:1388', '0700000A:1388')
  await seconds(20)
  expect(gone.ended).toEqual([])
  await seconds(4)
  expect(gone.ended).toEqual(['error'])
  expect(test.heard.disconnected).toEqual([[gone.connection.id, 'error']])
  await seconds(60)
  expect(others.flatMap(({ ended }) => ended)).toEqual([])
})

it('finds it while somebody watches what it is sent', async () => {
  const { connection, ended } = open(socketTo('::ffff:10.0.0.9', 5000))
  connection.tap(() => undefined)
  sockets = unanswered(4, '0900000A:1388')
  await seconds(30)
  expect(ended).toEqual(['error'])
})

it('keeps those who answer once in a while, however much is lost in between', async () => {
  const { ended } = open(socketTo('10.0.0.9', 5000))
  for (let round = 0; round < 10; round++) {
    sockets = unanswered(6, '0900000A:1388')
    await seconds(16)
    sockets = round % 2 === 0 ? [] : unanswered(1, '0900000A:1388')
    await seconds(2)
  }
  expect(ended).toEqual([])
})

it('closes somebody in a video room after 8 s, and anybody after a short heartbeat’s time', async () => {
  const room = { id: 'daily', participantId: 'p1' }
  const participant = open(socketTo('10.0.0.9', 5000), { principal: { kind: 'user', room } as Principal })
  const viewer = open(socketTo('10.0.0.9', 5001))
  sockets = unanswered(4, '0900000A:1388', '0900000A:1389')
  await seconds(8)
  expect(participant.ended).toEqual([])
  await seconds(4)
  expect([participant.ended, viewer.ended]).toEqual([['error'], []])
  test.settings.set('heartbeat_interval', 1)
  await seconds(2)
  expect(viewer.ended).toEqual(['error'])
})

it('goes on after a look that failed', async () => {
  const { ended } = open(socketTo('10.0.0.9', 5000))
  sockets = unanswered(4, '0900000A:1388')
  fails = true
  await seconds(4)
  fails = false
  await seconds(26)
  expect(ended).toEqual(['error'])
})

it('asks the system for nothing while there is no stream, and never again once it tells nothing', async () => {
  test.connect({ transport: 'ws' })
  await seconds(10)
  expect(reads).toBe(0)
  open(socketTo('10.0.0.9', 5000))
  await seconds(10)
  expect(reads).toBe(5)
  sockets = null
  await seconds(10)
  expect([reads, isClosed]).toEqual([6, true])
})
