import cluster, { type Worker } from 'node:cluster'
import type { Logger } from 'pino'
import { announce, announceSignIn } from './announce.ts'
import { loadSecrets } from './auth/secrets.ts'
import type { Config } from './config.ts'
import { stopLimitMs } from './drain.ts'
import { backoffMs } from './store/backoff.ts'

/** What a worker tells once it listens, and again when its code to sign in with has become known. */
export interface WorkerReady {
  url: string
  signInCode: string | null
}

/** One Ctrl-C reaches this process more than once; within this time it counts as one. */
const ONE_SIGNAL_MS = 250
/** How much longer than a worker itself this process waits for its end. */
const END_GRACE_MS = 500
/** A worker that lived this long has shown that it works. */
const STABLE_MS = 10_000

/** Tells which worker this process is, from 1; null when it is none. */
export function workerSlot(): number | null {
  return cluster.isWorker ? Number(process.argv[2]) : null
}

/** Tells the process that has started this one that it listens. */
export function tellReady(ready: WorkerReady): void {
  process.send?.(ready)
}

/**
 * Runs `entry` in several processes that listen at one address, and keeps them running; each is a node of its own. Prints
 * that the server is ready once all are, passes signals on, and ends when they have ended.
 */
export async function superviseWorkers(config: Config, entry: string, log: Logger): Promise<void> {
  // Made once, before several look for them.
  const { jwt, dataDir, apiKey } = config
  const secrets = await loadSecrets({ dataDir, jwtSecret: jwt.secret, apiKey })
  const running = new Map<number, Worker>()
  const failures = new Map<number, number>()
  const ready = new Map<number, WorkerReady>()
  let isLinkTold = false
  let phase: 'starting' | 'running' | 'stopping' = 'starting'
  let exitCode = 0
  let { port } = config
  let foundPort = port

  function start(slot: number): void {
    // They share one listener for as long as they ask for the same port; once all are gone, it is opened anew.
    if (running.size === 0) port = foundPort
    // Its slot is told as an argument.
    cluster.setupPrimary({ exec: entry, args: [String(slot)] })
    const worker = cluster.fork({ PORT: String(port) })
    const startedAtMs = performance.now()
    running.set(slot, worker)
    worker.on('message', (told: WorkerReady) => onReady(slot, told))
    worker.on('exit', (code, signal) => {
      running.delete(slot)
      onExit(slot, { code, signal, livedMs: performance.now() - startedAtMs })
    })
  }

  function onReady(slot: number, told: WorkerReady): void {
    ready.set(slot, told)
    if (phase === 'running') return tellLink(told)
    if (phase !== 'starting' || ready.size < config.workers) return
    phase = 'running'
    foundPort = Number(new URL(told.url).port)
    const { signInCode } = ready.get(1)!
    isLinkTold = signInCode !== null
    announce({ url: told.url, secrets, signInCode, config, workers: config.workers })
  }

  function tellLink({ url, signInCode }: WorkerReady): void {
    if (isLinkTold || signInCode === null) return
    isLinkTold = true
    announceSignIn({ url, signInCode, config })
  }

  interface Exit {
    code: number | null
    signal: string | null
    livedMs: number
  }

  function onExit(slot: number, { code, signal, livedMs }: Exit): void {
    if (phase === 'running') return restart(slot, { code, signal, livedMs })
    exitCode ||= code ?? 1
    // One that can't start says why itself; the others would not either.
    if (phase === 'starting') stop('SIGTERM')
    if (running.size === 0) process.exit(exitCode)
  }

  function restart(slot: number, { code, signal, livedMs }: Exit): void {
    const failed = livedMs > STABLE_MS ? 1 : (failures.get(slot) ?? 0) + 1
    failures.set(slot, failed)
    const waitMs = backoffMs(failed)
    log.error({ worker: slot, code, signal, waitMs: Math.round(waitMs) }, 'A worker ended; it is started again')
    setTimeout(() => phase === 'running' && start(slot), waitMs)
  }

  function stop(signal: NodeJS.Signals): void {
    phase = 'stopping'
    for (const worker of running.values()) worker.process.kill(signal)
    setTimeout(killAll, stopLimitMs(config) + END_GRACE_MS).unref()
    if (running.size === 0) process.exit(exitCode)
  }

  function killAll(): void {
    for (const worker of running.values()) worker.process.kill('SIGKILL')
  }

  let stoppingSinceMs: number | null = null
  function onSignal(signal: NodeJS.Signals): void {
    if (stoppingSinceMs === null) {
      stoppingSinceMs = performance.now()
      return stop(signal)
    }
    if (performance.now() - stoppingSinceMs < ONE_SIGNAL_MS) return
    killAll()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  for (let slot = 1; slot <= config.workers; slot++) start(slot)
}
