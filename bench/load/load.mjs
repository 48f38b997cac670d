import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { percentileUs } from './histogram.mjs'
import { cpuMs, memoryKib } from './process-usage.mjs'
import { Publishers } from './publishers.mjs'
import { Readers } from './readers.mjs'
import { tallyOf } from './tally.mjs'

/*
 * The load without a compiler: takes the options of load.c and prints the same. Readers live in worker threads, one to
 * each core that this process may use; publishers live here.
 */

const text = /** @type {const} */ ({ type: 'string' })
const flag = /** @type {const} */ ({ type: 'boolean' })
const OPTIONS = {
  port: text,
  pid: text,
  request: text,
  'follow-up': text,
  'engine-io': flag,
  collect: flag,
  readers: text,
  before: text,
  burst: text,
  channels: text,
  stalled: text,
  expect: text,
  patience: text,
  publish: text,
  publishers: text,
  rate: text,
  warm: text,
  seconds: text,
}

/** @typedef {ReturnType<typeof readOptions>} Options */

function readOptions() {
  const { values } = parseArgs({ options: OPTIONS })
  const number = (/** @type {string | undefined} */ value, fallback = 0) => Number(value ?? fallback)
  return {
    port: number(values.port),
    pid: number(values.pid),
    request: readFileSync(values.request ?? '', 'latin1'),
    followUp: values['follow-up'] === undefined ? null : readFileSync(values['follow-up']),
    engineIo: values['engine-io'] ?? false,
    collect: values.collect ?? false,
    readers: number(values.readers),
    before: number(values.before),
    burst: number(values.burst, 200),
    channels: number(values.channels, Infinity),
    stalled: number(values.stalled),
    expect: number(values.expect),
    patienceMs: 1000 * number(values.patience, 30),
    publish: values.publish === undefined ? null : readFileSync(values.publish),
    publishers: number(values.publishers, 4),
    rate: number(values.rate),
    warmMs: 1000 * number(values.warm, 1),
    measureMs: 1000 * number(values.seconds, 4),
  }
}

/** @param {Options} options */
function startThreads(options) {
  const threads = Math.min(availableParallelism(), Math.max(1, options.readers))
  return Array.from({ length: threads }, (_, i) => {
    const shareOf = (/** @type {number} */ all) =>
      Math.floor((all * (i + 1)) / threads) - Math.floor((all * i) / threads)
    const tally = tallyOf()
    tally.allowed = shareOf(options.before)
    const burst = Math.max(1, Math.ceil(options.burst / threads))
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { ...options, burst, first: Math.floor((options.readers * i) / threads), memory: tally.memory },
    })
    const openAll = () => {
      tally.allowed = shareOf(options.readers)
      worker.postMessage('open')
    }
    return { worker, tally, openAll }
  })
}

/** @param {Options} options */
async function openStalled({ port, stalled, request }) {
  const sockets = Array.from({ length: stalled }, () => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(request)).on('error', () => undefined)
    return socket.pause()
  })
  while (sockets.some((socket) => socket.connecting)) await delay(10)
}

/**
 * @param {() => boolean} isDone
 * @param {number} limitMs
 */
async function waitUntil(isDone, limitMs) {
  const endMs = performance.now() + limitMs
  while (!isDone() && performance.now() < endMs) await delay(5)
}

/**
 * Returns the memory in use: without what a collection of garbage, if the server knows how, would free.
 * @param {Options} options
 */
async function memoryUsedKib({ pid, collect }) {
  if (collect) {
    process.kill(pid, 'SIGUSR2')
    await delay(1000)
  }
  return memoryKib(pid, 'VmRSS')
}

async function main() {
  const options = readOptions()
  await openStalled(options)
  const threads = startThreads(options)
  const total = (/** @type {import('./tally.mjs').Field} */ name) =>
    threads.reduce((sum, { tally }) => sum + tally[name], 0)
  const most = (/** @type {import('./tally.mjs').Field} */ name) => Math.max(...threads.map(({ tally }) => tally[name]))

  const opened = (/** @type {number} */ count) =>
    waitUntil(() => total('opened') + total('refused') >= count, options.patienceMs)

  await opened(options.before)
  const memoryBeforeKib = await memoryUsedKib(options)
  const cpuBeforeMs = cpuMs(options.pid)
  const startedAtMs = performance.now()
  for (const { openAll } of threads) openAll()
  await opened(options.readers)
  const openMs = performance.now() - startedAtMs
  const openCpuMs = cpuMs(options.pid) - cpuBeforeMs
  if (options.expect > 0) await waitUntil(() => total('completed') >= options.readers, options.patienceMs - openMs)
  await delay(700)
  const memoryOpenKib = await memoryUsedKib(options)

  const run = options.publish
    ? await publish(
        options,
        options.publish,
        threads.map(({ tally }) => tally),
      )
    : null
  for (const { tally } of threads) tally.wanted = options.expect + (run?.all ?? 0)
  const summed = async () => {
    await Promise.all(threads.map(({ worker }) => sum(worker)))
    return total('missing') === 0
  }
  for (let i = 0; i < 30 && !(await summed()); i++) await delay(100)

  const buckets = threads.reduce(
    (sums, { tally }) => sums.map((n, i) => n + (tally.buckets[i] ?? 0)),
    [...(threads[0]?.tally.buckets ?? [])].map(() => 0),
  )
  const figures = {
    opened: total('opened'),
    refused: total('refused'),
    lostConnections: total('lostConnections'),
    openMs: Math.round(openMs),
    openCpuMs: Math.round(openCpuMs),
    memoryBeforeKib,
    memoryOpenKib,
    memoryPeakKib: memoryKib(options.pid, 'VmHWM'),
    completed: total('completed'),
    completeMs: Math.round(most('completeMs')),
    published: run?.published ?? 0,
    failed: run?.failed ?? 0,
    missing: total('missing'),
    doubled: total('doubled'),
    deliveries: total('deliveries'),
    seconds: run?.seconds ?? 0,
    cpuMs: run?.cpuMs ?? 0,
    p50Us: percentileUs(buckets, 0.5),
    p99Us: percentileUs(buckets, 0.99),
    maxUs: most('maxUs'),
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0))
}

/**
 * @param {Options} options
 * @param {Buffer} request
 * @param {import('./tally.mjs').Tally[]} tallies
 */
async function publish({ port, pid, publishers: count, rate, warmMs, measureMs }, request, tallies) {
  const publishers = new Publishers({ port, count, rate, request })
  await delay(warmMs)
  const [before, startedAtMs, cpuBeforeMs] = [publishers.published, performance.now(), cpuMs(pid)]
  for (const tally of tallies) tally.measuring = 1
  await delay(measureMs)
  for (const tally of tallies) tally.measuring = 0
  const cpu = cpuMs(pid) - cpuBeforeMs
  const seconds = (performance.now() - startedAtMs) / 1000
  publishers.stop()
  return {
    published: publishers.published - before,
    all: publishers.published,
    failed: publishers.failed,
    seconds,
    cpuMs: cpu,
  }
}

/**
 * Lets a thread sum up.
 * @param {Worker} worker
 */
function sum(worker) {
  return new Promise((resolve) => {
    worker.once('message', resolve)
    worker.postMessage('sum')
  })
}

if (isMainThread) await main()
else {
  const { memory, followUp, ...options } = workerData
  const readers = new Readers(
    { ...options, followUp: followUp === null ? null : Buffer.from(followUp) },
    tallyOf(memory),
  )
  parentPort?.on('message', (task) => {
    if (task === 'open') return readers.openMore()
    readers.sum()
    parentPort?.postMessage('summed')
  })
}
