import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { compiled } from './compiler.mjs'
import { nchanConfig, NCHAN_MODULE } from './peers/nchan.mjs'
import { pinned } from './pin.mjs'
import { fileOf, get, post } from './requests.mjs'

const START_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 12_000
const ENTRY = fileURLToPath(new URL('../dist/server/index.js', import.meta.url))

/**
 * A server that can be measured.
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} title
 * @property {string} what how it was built
 * @property {() => string[] | null} command null when it can't run here; gets PORT and FOLDER
 * @property {string} request file with what a reader sends
 * @property {string} [followUp] file with what it sends once it has its answer
 * @property {boolean} [engineIo]
 * @property {boolean} [collects] whether it collects its garbage when told to
 * @property {Record<string, string>} [headers] of a publish
 * @property {string} [watched] address of a stream that an operator has open meanwhile
 */

/**
 * @typedef {Peer & { port: number, pid: number, url: string, folder: string, post(message: string): string,
 *   stop(): Promise<void> }} RunningServer `post` writes a publish of `message` and returns its file
 */

const API_KEY = `yk_bench_${randomBytes(12).toString('hex')}`
export const AUTHORIZED = { Authorization: `Bearer ${API_KEY}` }

const events = get('/api/events', { Accept: 'text/event-stream' })
const upgrade = {
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
}
/** Engine.IO's "connect to the default namespace", as a masked text frame whose mask is zero. */
const socketIoConnect = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30])

const COLLECTOR = new URL('peers/collect.mjs', import.meta.url).href

/** @param {string} entry */
const onNode = (entry) => [process.execPath, '--expose-gc', '--import', COLLECTOR, entry]

/** @param {string} name */
const nodePeer = (name) => () => onNode(fileURLToPath(new URL(`peers/${name}.mjs`, import.meta.url)))

/** @type {Peer[]} */
export const PEERS = [
  {
    name: 'yayin',
    title: 'Yayın',
    what: 'SSE, every message durable before it is answered and delivered',
    command: () => onNode(ENTRY),
    request: events,
    headers: AUTHORIZED,
    watched: '/api/events?channel=admin/stats',
  },
  {
    name: 'yayin-ws',
    title: 'Yayın, WebSocket',
    what: 'the same, over `/ws`',
    command: () => onNode(ENTRY),
    request: get('/ws?channel=broadcast', upgrade),
    headers: AUTHORIZED,
    watched: '/api/events?channel=admin/stats',
  },
  {
    name: 'socketio',
    title: 'Socket.IO',
    what: 'WebSocket transport, `io.emit`',
    command: nodePeer('socketio'),
    request: get('/socket.io/?EIO=4&transport=websocket', upgrade),
    followUp: fileOf(socketIoConnect),
    engineIo: true,
  },
  { name: 'ws', title: 'ws', what: '`send` in a loop', command: nodePeer('ws'), request: get('/', upgrade) },
  { name: 'better-sse', title: 'better-sse', what: 'a channel', command: nodePeer('better-sse'), request: events },
  {
    name: 'express',
    title: 'Express',
    what: '`response.write` in a loop',
    command: nodePeer('express'),
    request: events,
  },
  {
    name: 'node-socket',
    title: 'Node, bare socket',
    what: 'one ready buffer, `socket.write` in a loop, no HTTP to speak of',
    command: nodePeer('node-socket'),
    request: events,
  },
  {
    name: 'nchan',
    title: 'nginx with Nchan',
    what: 'C, one worker, messages in memory',
    command: () => (existsSync(NCHAN_MODULE) && spawnSync('nginx', ['-v']).status === 0 ? ['nginx'] : null),
    request: events,
  },
  {
    name: 'bare-c',
    title: 'C, bare loop',
    what: 'one `send()` a message and reader',
    command: () => {
      const program = compiled('peers/bare.c')
      return program === null ? null : [program]
    },
    request: events,
  },
]

/**
 * Starts a server on its core and waits until it takes connections. `folder` is where it keeps what it has, a fresh one
 * if not given; it is removed at the end unless given.
 * @param {Peer} peer
 * @param {{ folder?: string }} [options]
 * @returns {Promise<RunningServer>}
 */
export async function start(peer, { folder } = {}) {
  const port = await freePort()
  const own = folder ?? mkdtempSync(join(tmpdir(), 'yayin-bench-'))
  const [program, ...args] = pinned('server', commandOf(peer, port, own))
  const child = spawn(program, args, { env: environment(port, own), stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = once(child, 'exit')
  /** @type {AbortController | undefined} */
  let watch
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)

  async function stop() {
    watch?.abort()
    child.kill('SIGTERM')
    const late = setTimeout(kill, STOP_LIMIT_MS)
    await exited
    clearTimeout(late)
    process.off('exit', kill)
    if (folder === undefined) rmSync(own, { recursive: true, force: true })
  }

  for (const endMs = Date.now() + START_LIMIT_MS; !(await answers(port)); await delay(20)) {
    if (child.exitCode !== null || Date.now() > endMs) {
      kill()
      throw new Error(`${peer.title} did not start`)
    }
  }
  if (peer.watched !== undefined) watch = listen(`http://127.0.0.1:${port}${peer.watched}`)
  return {
    ...peer,
    port,
    pid: Number(child.pid),
    collects: args.includes('--expose-gc'),
    url: `http://127.0.0.1:${port}`,
    folder: own,
    post: (message) => post('/api/broadcast', message, peer.headers),
    stop,
  }
}

/**
 * Keeps a stream open and drops what it brings, until it is aborted.
 * @param {string} url
 */
function listen(url) {
  const watch = new AbortController()
  fetch(url, { headers: AUTHORIZED, signal: watch.signal })
    .then((response) => response.body?.pipeTo(new WritableStream()))
    .catch(() => undefined)
  return watch
}

/**
 * @param {Peer} peer
 * @param {number} port
 * @param {string} folder
 */
function commandOf(peer, port, folder) {
  const command = peer.command()
  if (command === null) throw new Error(`${peer.title} can not run here`)
  if (peer.name !== 'nchan') return command
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, nchanConfig(port, folder))
  return [...command, '-c', file, '-e', join(folder, 'error.log')]
}

/**
 * @param {number} port
 * @param {string} folder
 */
function environment(port, folder) {
  const { PATH, HOME, NODE_OPTIONS } = process.env
  return {
    ...{ PATH, HOME, NODE_OPTIONS },
    NODE_ENV: 'production',
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'error',
    API_KEY,
    STUN_URLS: '',
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const settle = (/** @type {boolean} */ answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => settle(true)).on('error', () => settle(false))
  })
}
