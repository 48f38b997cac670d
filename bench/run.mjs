import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeChart } from './chart.mjs'
import { generator } from './generator.mjs'
import { describeMachine } from './machine.mjs'
import { writePage } from './page.mjs'
import { broadcast } from './parts/broadcast.mjs'
import { growth } from './parts/growth.mjs'
import { idle } from './parts/idle.mjs'
import { sizes } from './parts/sizes.mjs'
import { stalled } from './parts/stalled.mjs'
import { storm } from './parts/storm.mjs'
import { mostConnections } from './pin.mjs'
import { noResults, save } from './results.mjs'
import { PEERS } from './servers.mjs'
import { tablesOf } from './tables.mjs'

const PARTS = { broadcast, idle, storm, stalled, sizes, growth }
/** What a quick run compares with. */
const QUICK_PEERS = ['yayin', 'socketio', 'node-socket']
const CONNECTIONS = 8000

const HELP = `npm run bench -- [options] [part …]

Measures Yayın beside other servers, and writes bench/results/<date>.md. Parts: ${Object.keys(PARTS).join(', ')}.
  --quick          short, with fewer servers
  --peers a,b      beside Yayın only these: ${PEERS.map(({ name }) => name).join(', ')}
  --node-load      make the load in Node although there is a C compiler
  --publish        put the results into docs/performance.md and the README's chart, as a whole run does
`

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Tells that a run can't begin, and ends. @param {string} text @returns {never} */
function refuse(text) {
  say(text)
  process.exit(2)
}

function readCommand() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        quick: { type: 'boolean', default: false },
        peers: { type: 'string' },
        'node-load': { type: 'boolean', default: false },
        publish: { type: 'boolean', default: false },
      },
    })
    const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name))
    if (unknown !== undefined) refuse(`${unknown} is no part.\n\n${HELP}`)
    if (values.help) refuse(HELP)
    const whole = positionals.length === 0 && !values.quick && values.peers === undefined
    return {
      ...values,
      publish: values.publish || whole,
      parts: Object.entries(PARTS).filter(([name]) => positionals.length === 0 || positionals.includes(name)),
    }
  } catch (error) {
    return refuse(`${/** @type {Error} */ (error).message}\n\n${HELP}`)
  }
}

/** Builds Yayın, and installs what it is compared with, if that is missing. */
function prepare() {
  const built = spawnSync(process.execPath, [fileURLToPath(new URL('prepare.mjs', import.meta.url))], {
    stdio: 'inherit',
  })
  if (built.status !== 0) refuse('Yayın could not be built.')
  if (existsSync(new URL('node_modules/socket.io', import.meta.url))) return
  say('Installing what is compared with …')
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) refuse('They could not be installed.')
}

/**
 * @param {string | undefined} chosen
 * @param {boolean} quick
 */
function pickPeers(chosen, quick) {
  const names = chosen?.split(',') ?? (quick ? QUICK_PEERS : PEERS.map(({ name }) => name))
  const unknown = names.find((name) => PEERS.every((peer) => peer.name !== name))
  if (unknown !== undefined) refuse(`${unknown} is no server of these: ${PEERS.map(({ name }) => name).join(', ')}`)
  return PEERS.filter(({ name, title, command }) => {
    if (name !== 'yayin' && !names.includes(name)) return false
    if (command() !== null) return true
    say(`${title} is left out: it is not on this machine.`)
    return false
  })
}

async function main() {
  process.on('SIGINT', () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
  const { quick, peers: chosen, parts, publish, 'node-load': inNode } = readCommand()
  prepare()
  const peers = pickPeers(chosen, quick)
  const connections = Math.min(quick ? CONNECTIONS / 4 : CONNECTIONS, mostConnections())
  if (connections < CONNECTIONS && !quick) say(`This machine lets a process open ${connections} connections only.`)
  const { kind, command } = generator(inNode)
  const date = new Date().toISOString().slice(0, 19).replaceAll(':', '')
  const servers = peers.map(({ name, title, what }) => ({ name, title, what }))
  /** @type {import('./results.mjs').Results} */
  const results = { date, quick, machine: describeMachine(kind), servers, ...noResults() }

  const bench = { generator: command, quick, seconds: quick ? 1 : 3, connections, peers, results }
  const steps = parts.flatMap(([, part]) => part(bench))
  const startedAtMs = performance.now()
  for (const [i, step] of steps.entries()) {
    const seconds = Math.round((performance.now() - startedAtMs) / 1000)
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    say(`[${i + 1}/${steps.length} ${clock}] ${step.title}`)
    try {
      say(`  ${await step.run()}`)
    } catch (error) {
      say(`  failed: ${/** @type {Error} */ (error).message}`)
      process.exitCode = 1
    }
  }

  const text = `# Benchmark of ${date.slice(0, 10)}\n\n${tablesOf(results)}`
  save(results, text)
  process.stdout.write(`\n${text}\n`)
  say(`Written to bench/results/${date}.md`)
  if (!publish) return
  writePage(results)
  say(`Written to docs/performance.md and ${writeChart(results)}`)
}

await main()
