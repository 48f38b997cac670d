import { openAsBlob, existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { servePglite } from './pglite-server.ts'
import type { PgliteWorkerData, PgliteWorkerMessage } from './pglite-thread.ts'

/** Less memory than PostgreSQL's defaults take; the operating system keeps the files in its cache anyway. */
const START_PARAMS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

const { dataDir, socketPath, templatePath } = workerData as PgliteWorkerData
const port = parentPort!

const session = await open()
const stop = await servePglite(session, socketPath, (error) => {
  // The session is broken for good: the thread ends with the error, and whoever started it starts another.
  queueMicrotask(() => {
    throw error
  })
})
port.once('message', () => void close())
tell('ready')

/** Opens the database, made from the template at first. A making that was cut short is begun anew. */
async function open(): Promise<PGlite> {
  const mark = `${dataDir}.unfinished`
  if (existsSync(mark)) await rm(dataDir, { recursive: true, force: true })
  if (existsSync(dataDir)) return PGlite.create(dataDir, { startParams: START_PARAMS })
  await writeFile(mark, '', { mode: 0o600 })
  await mkdir(dataDir, { mode: 0o700 })
  const template = existsSync(templatePath) ? { loadDataDir: await openAsBlob(templatePath) } : {}
  const made = await PGlite.create(dataDir, { startParams: START_PARAMS, ...template })
  await rm(mark)
  return made
}

async function close(): Promise<void> {
  await stop()
  await session.close()
  tell('closed')
  port.close()
}

function tell(message: PgliteWorkerMessage): void {
  port.postMessage(message)
}
