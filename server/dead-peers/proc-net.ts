import { SocketAddress } from 'node:net'
import { endianness } from 'node:os'

/*
 * What Linux tells of the TCP sockets of a network namespace: the table /proc/net/tcp, that of IPv6 in /proc/net/tcp6, and
 * the counts in /proc/net/netstat. Columns of the tables (net/ipv4/tcp_ipv4.c, get_tcp4_sock):
 *
 *     sl: local remote st tx_queue:rx_queue tr:when retrnsmt uid timeout …
 *
 * Numbers are hexadecimal and as wide as their zeros, but for `sl`, `uid` and `timeout`.
 */

/** A socket whose system has sent again what its other side did not answer, and has had no answer since. */
export interface UnansweredSocket {
  /** Local and remote end as the table has them, such as `0100007F:0BB8 0200007F:D431`. */
  ends: string
  /** How often it was sent again; the pause before each time is twice as long as the one before. */
  tries: number
  /** Bytes that were written and not acknowledged. */
  unacknowledged: number
}

export interface End {
  address: string
  port: number
}

/** Columns from the beginning of the local address, in characters behind both ends. */
const STATE = 1
const UNACKNOWLEDGED = 4
const TIMER = 22
const RETRANSMITS = 34
const HEX_DIGITS = 8

/** States in which an event stream can be: open, and ended by the other side alone. */
const OPEN_STATES: ReadonlySet<string> = new Set(['01', '08'])
/** What the system waits for: the time to send again, or to ask again whether the other side has room. */
const TIMERS: ReadonlySet<string> = new Set(['01', '04'])

/** Finds those without an answer in a table. Lines of others cost no memory; there may be thousands. */
export function unansweredIn(table: string): UnansweredSocket[] {
  const found: UnansweredSocket[] = []
  // The first line names the columns.
  for (let start = nextLine(table, 0); start < table.length; start = nextLine(table, start)) {
    const local = table.indexOf(':', start) + 2
    const endsLength = table[local + 8] === ':' ? 27 : 75
    const after = local + endsLength
    // Most sockets have nothing under way.
    if (table[after + TIMER + 1] === '0') continue
    const socket = readLine(table, local, after)
    if (socket !== null) found.push(socket)
  }
  return found
}

function nextLine(table: string, from: number): number {
  const end = table.indexOf('\n', from)
  return end < 0 ? table.length : end + 1
}

function readLine(table: string, local: number, after: number): UnansweredSocket | null {
  const column = (at: number, length: number) => table.slice(after + at, after + at + length)
  if (!OPEN_STATES.has(column(STATE, 2)) || !TIMERS.has(column(TIMER, 2))) return null
  const retransmits = Number.parseInt(column(RETRANSMITS, HEX_DIGITS), 16)
  // The one after the user: how often it was asked in vain whether there is room.
  const [, probes = ''] = table
    .slice(after + RETRANSMITS + HEX_DIGITS, nextLine(table, after))
    .trim()
    .split(/ +/, 2)
  const tries = retransmits + Number.parseInt(probes, 10)
  if (!(tries > 0)) return null
  const unacknowledged = Number.parseInt(column(UNACKNOWLEDGED, HEX_DIGITS), 16)
  return { ends: table.slice(local, after), tries, unacknowledged }
}

/** Reads both ends of a socket of a table; an IPv4 address within an IPv6 one is written as the former. */
export function readEnds(ends: string): { local: End; remote: End } {
  const [local = '', remote = ''] = ends.split(' ')
  return { local: readEnd(local), remote: readEnd(remote) }
}

function readEnd(text: string): End {
  const [address = '', port = ''] = text.split(':')
  return { address: readAddress(address), port: Number.parseInt(port, 16) }
}

/** An address is words of 32 bits in this machine's own order of bytes. */
function readAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  if (endianness() === 'LE') bytes.swap32()
  if (bytes.length === 4) return bytes.join('.')
  const groups = hex.length === 32 ? bytes.toString('hex').match(/.{4}/g)! : []
  return plainAddress(new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address)
}

/** Writes an address of Node's as `readEnds` does: without a zone, and IPv4 as such. */
export function plainAddress(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}

const COUNTS = ['TCPTimeouts', 'TCPWinProbe']

/**
 * Counts how often sockets of this namespace have sent again, or asked again for room, for want of an answer: while that
 * does not grow, no further socket has become one without an answer. Null when the text does not tell.
 */
export function timeoutsIn(netstat: string): number | null {
  const [names = '', values = ''] = netstat.split('\n').filter((line) => line.startsWith('TcpExt:'))
  const numbers = values.split(' ')
  const counts = COUNTS.map((name) => Number(numbers[names.split(' ').indexOf(name)] ?? Number.NaN))
  const sum = counts.reduce((all, count) => all + count, 0)
  return Number.isNaN(sum) ? null : sum
}
