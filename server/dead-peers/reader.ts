import { readFile } from 'node:fs/promises'
import type { Worker } from 'node:worker_threads'
import { startWorker } from '../store/start-worker.ts'
import { timeoutsIn, type UnansweredSocket } from './proc-net.ts'

/** Tells which sockets of this machine have had no answer. */
export interface SocketReader {
  /** Null where the system does not tell. One call at a time. */
  read(): Promise<readonly UnansweredSocket[] | null>
  close(): void
}

/**
 * Reads what Linux tells, at little cost to the thread that serves connections: the system's tables have a line for each
 * socket and come a page at a time, so another thread reads them, and it is started when a socket first lacks an answer.
 * Until then, and whenever none does, a look at one counter is all.
 */
export function createSocketReader(): SocketReader {
  let worker: Worker | null = null
  let isClosed = false
  // From before there was any connection, so that none can have lacked an answer by then.
  let timeouts = readTimeouts()
  let found: readonly UnansweredSocket[] | null = []
  let answer: (sockets: readonly UnansweredSocket[] | null) => void = () => undefined

  function start(): Worker {
    const thread = startWorker(import.meta.url, 'worker')
    thread.unref()
    thread.on('message', (sockets: readonly UnansweredSocket[] | null) => answer(sockets))
    thread.on('error', () => answer(null))
    thread.on('exit', () => answer(null))
    return thread
  }

  function ask(): Promise<readonly UnansweredSocket[] | null> {
    return new Promise((resolve) => {
      answer = resolve
      worker ??= start()
      worker.postMessage('look')
    })
  }

  return {
    async read() {
      const before = await timeouts
      timeouts = readTimeouts()
      const now = await timeouts
      if (found?.length === 0 && now !== null && now === before) return found
      return isClosed ? null : (found = await ask())
    },
    close() {
      isClosed = true
      void worker?.terminate()
      worker = null
    },
  }
}

async function readTimeouts(): Promise<number | null> {
  try {
    return timeoutsIn(await readFile('/proc/net/netstat', 'utf8'))
  } catch {
    return null
  }
}
