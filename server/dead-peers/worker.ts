import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { type UnansweredSocket, unansweredIn } from './proc-net.ts'

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6']

const port = parentPort!
port.on('message', () => port.postMessage(look()))

/** Reads both tables, of which one is missing where a machine does without IPv6; null when neither can be read. */
function look(): UnansweredSocket[] | null {
  const tables = TABLES.flatMap((path) => {
    try {
      return [readFileSync(path, 'utf8')]
    } catch {
      return []
    }
  })
  return tables.length === 0 ? null : tables.flatMap(unansweredIn)
}
