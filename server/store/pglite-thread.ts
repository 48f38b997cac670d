import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { backoffMs } from './backoff.ts'
import { startWorker } from './start-worker.ts'

export interface PgliteWorkerData {
  /** Directory of the database's files. */
  dataDir: string
  socketPath: string
  /** Archive of a database with the schema in place; used at first, if the file exists. */
  templatePath: string
}

export type PgliteWorkerMessage = 'ready' | 'closed'

/** PGlite at work in a thread of its own. */
export interface PgliteThread {
  /** Directory of its socket, as a PostgreSQL client's `host`. */
  readonly socketDir: string
  /** Resolves when it listens for the first time. */
  readonly started: Promise<void>
  /** Closes the database's files and ends the thread. */
  close(): Promise<void>
}

/** How long a close may take before the thread is ended the hard way; its files stand that. */
const CLOSE_TIMEOUT_MS = 5000

/** Starts PGlite over `dataDir` behind a unix socket, and again whenever its thread dies. */
export async function startPgliteThread({ dataDir, log }: { dataDir: string; log: Logger }): Promise<PgliteThread> {
  const socketDir = await mkdtemp(join(tmpdir(), 'yayin-'))
  const data: PgliteWorkerData = {
    dataDir,
    socketPath: join(socketDir, '.s.PGSQL.5432'),
    templatePath: fileURLToPath(new URL('template.tar.gz', import.meta.url)),
  }
  let worker: Worker | null = null
  let open = false
  let failures = 0
  let restart: NodeJS.Timeout | undefined
  let closing = false
  let listening = () => {}
  const started = new Promise<void>((resolve) => (listening = resolve))

  function start(): void {
    const thread = startWorker(import.meta.url, 'pglite-worker', data)
    worker = thread
    thread.on('message', (message: PgliteWorkerMessage) => {
      if (message !== 'ready') return
      open = true
      failures = 0
      listening()
    })
    thread.on('error', (err) => log.error({ err }, 'The embedded database failed'))
    thread.on('exit', () => {
      worker = null
      open = false
      if (!closing) void again()
    })
  }

  async function again(): Promise<void> {
    const delayMs = backoffMs(failures++)
    log.error({ delayMs }, 'The embedded database ended; starting it again')
    await rm(data.socketPath, { force: true })
    if (!closing) restart = setTimeout(start, delayMs)
  }

  start()
  return {
    socketDir,
    started,
    async close() {
      closing = true
      clearTimeout(restart)
      // Cut short, its start is safe to begin anew; a database that is open is closed in order.
      if (worker !== null) await (open ? closeWorker(worker) : worker.terminate())
      await rm(socketDir, { recursive: true, force: true })
    },
  }
}

async function closeWorker(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const timer = setTimeout(() => void worker.terminate(), CLOSE_TIMEOUT_MS)
  worker.postMessage('close')
  await ended
  clearTimeout(timer)
}
