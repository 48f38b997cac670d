import { goals } from './goals.mjs'

/** @typedef {import('./results.mjs').Results} Results */

const NONE = '–'

/** @param {number | null | undefined} value @param {number} [digits] */
function number(value, digits = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}

/** @param {number | null | undefined} us */
const cpu = (us) => number(us, us !== null && us !== undefined && us < 1 ? 2 : 1)

/** @param {number | undefined} us */
const ms = (us) => number(us === undefined ? undefined : us / 1000, 1)

/**
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(heads, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

/**
 * Writes a run as Markdown: sections with a table each, for the parts that were run.
 * @param {Results} results
 * @param {string} level of the headings
 */
export function tablesOf(results, level = '##') {
  const sections = [
    ['Against the goals', goalTable(results)],
    ['One message to 1,000 readers', broadcastTable(results)],
    ['Idle connections', idleTable(results)],
    ['All clients come back at once', stormTable(results)],
    ['Readers that never read', stalledTable(results)],
    ['Size of the messages', sizeTable(results)],
    ['Number of connections', connectionTable(results)],
    ['Number of channels', channelTable(results)],
  ]
  const written = sections.filter(([, text]) => text !== null)
  return `${machineLine(results)}\n\n${written.map(([title, text]) => `${level} ${title}\n\n${text}`).join('\n\n')}\n`
}

/** @param {Results} results */
function machineLine({ date, quick, machine }) {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`)
  const how = quick ? ' A quick run: short, and rougher than a whole one.' : ''
  return [
    `Measured on ${date.slice(0, 10)} at commit ${machine.commit}, on ${machine.cpu}, ${machine.memory}, ${machine.system},`,
    `Node ${machine.node}; ${machine.cores}; load made in ${machine.load}. ${versions.join(', ')}.${how}`,
  ].join('\n')
}

/** @param {Results} results */
function goalTable(results) {
  const rows = goals(results).map(({ what, goal, found, met }) => [what, goal, found, met ? 'yes' : 'no'])
  return rows.length === 0 ? null : table(['Figure', 'Goal', 'Found', 'Met'], rows)
}

/** @param {Results} results */
function broadcastTable({ servers, broadcast }) {
  const rows = servers.flatMap(({ name, title, what }) => {
    const by = (/** @type {string} */ way) => broadcast.find((row) => row.server === name && row.way === way)
    const [four, many, steady] = [by('four'), by('many'), by('steady')]
    if (!four) return []
    const rates = [number(four.rate), cpu(four.cpuUs), number(many?.rate), cpu(many?.cpuUs)]
    return [[`${title}: ${what}`, ...rates, cpu(steady?.cpuUs), ms(steady?.p50Us), ms(steady?.p99Us)]]
  })
  const heads = ['', '4 publishers: deliveries/s', 'µs CPU each', '64 publishers: deliveries/s', 'µs CPU each']
  return rows.length === 0 ? null : table([...heads, 'steady 50/s: µs CPU each', 'p50 ms', 'p99 ms'], rows)
}

/** @param {Results} results */
function idleTable({ servers, idle }) {
  const rows = servers.flatMap(({ name, title }) => {
    const row = idle.find(({ server }) => server === name)
    return row ? [[title, number(row.connections), number(row.kib, 1), number(row.firstCpuUs), number(row.cpuUs)]] : []
  })
  return rows.length === 0
    ? null
    : table(['', 'connections', 'KiB each', 'µs CPU to accept one, the first', 'later'], rows)
}

/** @param {Results} results */
function stormTable({ storm }) {
  const rows = storm.map((row) => [
    row.after === 'cut' ? 'after a cut of the network' : 'after a restart of the server',
    number(row.clients),
    number(row.completeMs / 1000, 1),
    number(row.lost),
    number(row.peakMib),
    number(row.growthMib),
  ])
  const heads = [
    '',
    'clients',
    'all caught up after, s',
    'messages lost or doubled',
    'peak memory, MiB',
    'of it for this, MiB',
  ]
  return rows.length === 0 ? null : table(heads, rows)
}

/** @param {Results} results */
function stalledTable({ stalled }) {
  const rows = stalled.map((row) => [
    row.title,
    number(row.messages),
    ms(row.p99Us),
    number(row.peakMib),
    number(row.closed),
  ])
  const heads = ['1,000 readers', 'messages of 2 KB/s to each', 'p99 ms', 'peak memory, MiB', 'closed as too slow']
  return rows.length === 0 ? null : table(heads, rows)
}

/** @param {Results} results */
function sizeTable({ servers, sizes }) {
  const rows = sizes.map((row) => {
    const title = servers.find(({ name }) => name === row.server)?.title ?? row.server
    const rates = [number(row.bytes), number(row.messages), number(row.rate), number((row.rate * row.bytes) / 1e6)]
    return [title, ...rates, cpu(row.cpuUs), ms(row.p50Us), ms(row.p99Us), number(row.lostConnections)]
  })
  const heads = [
    '',
    'bytes',
    'messages/s',
    'deliveries/s',
    'MB/s',
    'µs CPU each',
    'p50 ms',
    'p99 ms',
    'closed as too slow',
  ]
  return rows.length === 0 ? null : table(heads, rows)
}

/** @param {Results} results */
function connectionTable({ connections }) {
  const rows = connections.map((row) => [
    number(row.readers),
    number(row.publishes),
    number(row.rate),
    cpu(row.cpuUs),
    ms(row.p50Us),
    ms(row.p99Us),
  ])
  const heads = ['readers', 'durable publishes/s', 'deliveries/s', 'µs CPU each', 'p50 ms', 'p99 ms']
  return rows.length === 0 ? null : table(heads, rows)
}

/** @param {Results} results */
function channelTable({ channels }) {
  const rows = channels.map((row) => [number(row.channels), number(row.rate), cpu(row.cpuUs)])
  return rows.length === 0 ? null : table(['channels', 'deliveries/s', 'µs CPU each'], rows)
}
