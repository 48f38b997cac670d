/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {{ what: string, goal: string, found: string, met: boolean }} Goal */

/** What Yayın is to reach; relative goals are against servers of the same run. */
const MOST_KIB = 7
const MOST_ACCEPT_US = 120
const LEAST_OVER_WEBSOCKET = 0.9
const STORM_LIMIT_MS = 5000
const STALLED_COST = 0.05
const STALLED_MIB = 100

/**
 * Compares a run with the goals, as far as it measured what they are about.
 * @param {Results} results
 * @returns {Goal[]}
 */
export function goals(results) {
  return [
    ...rateGoals(results, 'four', '4 publishers', 8, 2),
    ...rateGoals(results, 'many', '64 publishers', 50, 10),
    ...steadyGoals(results),
    ...webSocketGoals(results),
    ...idleGoals(results),
    ...stormGoals(results),
    ...stalledGoals(results),
  ]
}

/**
 * @param {Results} results
 * @param {string} server
 * @param {string} way
 */
function row({ broadcast }, server, way) {
  return broadcast.find((one) => one.server === server && one.way === way)
}

/**
 * @param {Results} results
 * @param {string} way
 * @param {string} title
 * @param {number} overSocketIo
 * @param {number} overNchan
 */
function rateGoals(results, way, title, overSocketIo, overNchan) {
  const own = row(results, 'yayin', way)
  const compare = (/** @type {string} */ server, /** @type {string} */ name, /** @type {number} */ factor) => {
    const other = row(results, server, way)
    if (!own || !other) return []
    const times = own.rate / other.rate
    return [
      {
        what: `Deliveries/s, ${title}`,
        goal: `≥ ${factor} × ${name}`,
        found: `${times.toFixed(1)} ×`,
        met: times >= factor,
      },
    ]
  }
  return [...compare('socketio', 'Socket.IO', overSocketIo), ...compare('nchan', 'Nchan', overNchan)]
}

/**
 * @param {Results} results
 * @returns {Goal[]}
 */
function steadyGoals(results) {
  const [own, bare, socketIo] = ['yayin', 'node-socket', 'socketio'].map((server) => row(results, server, 'steady'))
  /** @type {Goal[]} */
  const found = []
  if (own?.cpuUs && bare?.cpuUs) {
    const times = own.cpuUs / bare.cpuUs
    const goal = '≤ 1.3 × a bare Node socket'
    found.push({ what: 'CPU per delivery, steady 50/s', goal, found: `${times.toFixed(2)} ×`, met: times <= 1.3 })
  }
  if (own && socketIo) {
    const text = `${(own.p99Us / 1000).toFixed(1)} ms to ${(socketIo.p99Us / 1000).toFixed(1)} ms`
    found.push({ what: 'p99, steady 50/s', goal: "≤ Socket.IO's", found: text, met: own.p99Us <= socketIo.p99Us })
  }
  return found
}

/**
 * @param {Results} results
 * @returns {Goal[]}
 */
function webSocketGoals(results) {
  const ways = [
    { way: 'four', title: '4 publishers' },
    { way: 'many', title: '64 publishers' },
  ]
  return ways.flatMap(({ way, title }) => {
    const [sse, ws] = ['yayin', 'yayin-ws'].map((server) => row(results, server, way))
    if (!sse?.cpuUs || !ws?.cpuUs) return []
    const part = sse.cpuUs / ws.cpuUs
    return [
      {
        what: `Deliveries per CPU second over WebSocket, ${title}`,
        goal: `≥ ${LEAST_OVER_WEBSOCKET} × SSE`,
        found: `${part.toFixed(2)} ×`,
        met: part >= LEAST_OVER_WEBSOCKET,
      },
    ]
  })
}

/** @param {Results} results */
function idleGoals({ idle }) {
  const own = idle.find(({ server }) => server === 'yayin')
  if (!own) return []
  const kib = `${own.kib.toFixed(1)} KiB`
  const accept = (/** @type {string} */ which, /** @type {number} */ us) => ({
    what: `CPU to accept a connection, ${which}`,
    goal: `≤ ${MOST_ACCEPT_US} µs`,
    found: `${Math.round(us)} µs`,
    met: us <= MOST_ACCEPT_US,
  })
  return [
    { what: 'Memory per idle connection', goal: `≤ ${MOST_KIB} KiB`, found: kib, met: own.kib <= MOST_KIB },
    accept(`of the first ${own.connections.toLocaleString('en-US')}`, own.firstCpuUs),
    accept('later', own.cpuUs),
  ]
}

/** @param {Results} results */
function stormGoals({ storm }) {
  return storm.map(({ after, clients, completeMs, lost }) => ({
    what: `${clients.toLocaleString('en-US')} clients resume after a ${after}`,
    goal: 'all live within 5 s, none lost',
    found: `${(completeMs / 1000).toFixed(1)} s, ${lost} lost`,
    met: completeMs > 0 && completeMs <= STORM_LIMIT_MS && lost === 0,
  }))
}

/** @param {Results} results */
function stalledGoals({ stalled }) {
  const [without, beside] = ['none', 'after'].map((name) => stalled.find((row) => row.name === name))
  if (!without || !beside) return []
  const cost = 1 - beside.messages / without.messages
  const mib = beside.peakMib - without.peakMib
  return [
    {
      what: '1,000 stalled readers, once closed',
      goal: '< 5 % to the others, < 100 MiB',
      found: `${(100 * cost).toFixed(1)} %, ${Math.round(mib)} MiB`,
      met: cost < STALLED_COST && mib < STALLED_MIB,
    },
  ]
}
