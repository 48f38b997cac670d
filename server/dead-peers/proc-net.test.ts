import fc from 'fast-check'
import { SocketAddress } from 'node:net'
import { endianness } from 'node:os'
import { expect, it } from 'vitest'
import { plainAddress, readEnds, timeoutsIn, unansweredIn } from './proc-net.ts'

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                      \n'

interface Line {
  local: string
  remote: string
  state: number
  queued: number
  timer: number
  retransmits: number
  uid: number
  probes: number
}

const hex = (value: number, width: number) => value.toString(16).toUpperCase().padStart(width, '0')

/** Writes a line as the kernel's format does: "%4d: %08X:%04X … %08X %5u %8d %lu %d %pK …". */
function lineOf({ local, remote, state, queued, timer, retransmits, uid, probes }: Line, i: number): string {
  const columns = [
    `${String(i).padStart(4)}:`,
    local,
    remote,
    hex(state, 2),
    `${hex(queued, 8)}:00000000`,
    `${hex(timer, 2)}:${hex(timer * 31, 8)}`,
    hex(retransmits, 8),
    String(uid).padStart(5),
    String(probes).padStart(8),
    '27429040 2 00000000a562127c 20 4 30 10 -1',
  ]
  return `${columns.join(' ').padEnd(149)}\n`
}

const word = fc.integer({ min: 0, max: 0xffffffff }).map((n) => hex(n, 8))
const port = fc.integer({ min: 0, max: 0xffff })
const end = (address: fc.Arbitrary<string>) => fc.tuple(address, port).map(([at, n]) => `${at}:${hex(n, 4)}`)
const longWord = fc.tuple(word, word, word, word).map((words) => words.join(''))

const tableOf = (address: fc.Arbitrary<string>) =>
  fc.array(
    fc.record({
      local: end(address),
      remote: end(address),
      state: fc.integer({ min: 1, max: 12 }),
      queued: fc.nat(1 << 24),
      timer: fc.integer({ min: 0, max: 4 }),
      retransmits: fc.oneof(fc.constant(0), fc.nat(40)),
      uid: fc.nat(4_000_000),
      probes: fc.oneof(fc.constant(0), fc.nat(40)),
    }),
    { maxLength: 30 },
  )

it('finds all open sockets that were sent to again, and no others, in tables of either kind', () => {
  fc.assert(
    fc.property(fc.oneof(tableOf(word), tableOf(longWord)), fc.nat(20_000), (lines, first) => {
      const wanted = lines.filter(
        ({ state, timer, retransmits, probes }) =>
          (state === 1 || state === 8) && (timer === 1 || timer === 4) && retransmits + probes > 0,
      )
      expect(unansweredIn(HEAD + lines.map((line, i) => lineOf(line, first + i)).join(''))).toEqual(
        wanted.map(({ local, remote, retransmits, probes, queued }) => ({
          ends: `${local} ${remote}`,
          tries: retransmits + probes,
          unacknowledged: queued,
        })),
      )
    }),
  )
})

it('makes nothing of a table without lines, of another shape, or cut short anywhere', () => {
  expect(unansweredIn('')).toEqual([])
  expect(unansweredIn(HEAD)).toEqual([])
  expect(unansweredIn('head\nno columns here\n\n')).toEqual([])
  const [local, remote] = ['0100007F:1F90', '0200007F:D431']
  const whole = HEAD + lineOf({ local, remote, state: 1, queued: 9, timer: 1, retransmits: 4, uid: 0, probes: 0 }, 0)
  for (let length = 0; length < whole.length; length++) {
    for (const { ends } of unansweredIn(whole.slice(0, length))) expect(ends).toBe(`${local} ${remote}`)
  }
})

/** As the kernel prints the bytes of an address: words of 32 bits in the machine's order. */
function printed(bytes: readonly number[]): string {
  const buffer = Buffer.from(bytes)
  return (endianness() === 'LE' ? buffer.swap32() : buffer).toString('hex').toUpperCase()
}

const byte = fc.nat(255)
const bytesOf = (length: number) => fc.array(byte, { minLength: length, maxLength: length })

it('reads addresses as Node writes them', () => {
  fc.assert(
    fc.property(bytesOf(4), port, bytesOf(16), port, (four, near, sixteen, far) => {
      const long = [0, 2, 4, 6, 8, 10, 12, 14].map((i) => ((sixteen[i]! << 8) | sixteen[i + 1]!).toString(16)).join(':')
      const { address } = new SocketAddress({ address: long, family: 'ipv6' })
      const mapped = [...Array.from({ length: 10 }, () => 0), 255, 255, ...four]
      expect(readEnds(`${printed(mapped)}:${hex(near, 4)} ${printed(sixteen)}:${hex(far, 4)}`)).toEqual({
        local: { address: four.join('.'), port: near },
        remote: { address: plainAddress(address), port: far },
      })
      expect(readEnds(`${printed(four)}:0050 ${printed(four)}:1F90`)).toEqual({
        local: { address: four.join('.'), port: 80 },
        remote: { address: four.join('.'), port: 8080 },
      })
    }),
  )
  expect(plainAddress('::ffff:10.0.0.1')).toBe('10.0.0.1')
  expect(plainAddress('fe80::1%eth0')).toBe('fe80::1')
})

it('counts timeouts and probes wherever they stand among the counters', () => {
  const netstat = (names: string, values: string) => `TcpExt: ${names}\nTcpExt: ${values}\nIpExt: InOctets\nIpExt: 7\n`
  expect(timeoutsIn(netstat('Syncookies TCPTimeouts PAWSEstab TCPWinProbe', '1 20 300 4000'))).toBe(4020)
  expect(timeoutsIn(netstat('Syncookies', '1'))).toBeNull()
  expect(timeoutsIn('')).toBeNull()
})
