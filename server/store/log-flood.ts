import type { LogLevel } from '../../shared/protocol.ts'

/** What happened, as the rest of the server tells it. */
export interface LogEvent {
  level: LogLevel
  type: string
  /** Constant words; what varies belongs into `data`. */
  message: string
  /** Never tokens, bodies or query strings. */
  data?: Record<string, unknown>
  /** Who did it; see `actorOf`. */
  actor?: string
}

/** Types that traffic brings in any number, with the word for many of them. */
const FREQUENT: Readonly<Record<string, string>> = {
  broadcast: 'broadcasts',
  connect: 'connects',
  disconnect: 'disconnects',
  refused: 'refusals',
}

const PER_SECOND = 50

interface Tally {
  seen: number
  level: LogLevel
}

/** Lets the first entries of each second through, and sums up the rest. */
export interface FloodControl {
  /** Tells whether an entry is written; if not, it is counted. Errors always are. */
  admits(event: LogEvent): boolean
  /** Ends the second: returns one entry for each type of which some were only counted. */
  sums(): LogEvent[]
}

/** Creates a flood control; `sums` is to be called once a second. */
export function createFloodControl(): FloodControl {
  let tallies = new Map<string, Tally>()

  return {
    admits({ type, level }) {
      if (level === 'error' || !Object.hasOwn(FREQUENT, type)) return true
      const tally = tallies.get(type) ?? { seen: 0, level }
      tallies.set(type, tally)
      if (level === 'warn') tally.level = level
      return ++tally.seen <= PER_SECOND
    },

    sums() {
      const flooded = [...tallies].filter(([, { seen }]) => seen > PER_SECOND)
      tallies = new Map()
      return flooded.map(([type, { seen, level }]) => sum(type, seen - PER_SECOND, level))
    },
  }
}

function sum(type: string, count: number, level: LogLevel): LogEvent {
  const message = `${withCommas(count)} more ${FREQUENT[type]} within this second`
  return { level, type, message, data: { count, summed: true } }
}

/** The first use of `toLocaleString` takes 50 ms, and this is called when there is most to do. */
function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
