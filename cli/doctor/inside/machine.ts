import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../../server/config.ts'
import { listSettings } from '../../../shared/api.ts'
import { SETTINGS } from '../../../shared/settings.ts'
import { callHub } from '../../hub-api.ts'
import type { HubAccess } from '../../hub-options.ts'
import type { Finding } from '../finding.ts'

const MIB = 1_048_576
const LEAST_FREE_MIB = 100
const FREE_MIB = 1024
/** Files that are open beside the connections: the database's, logs, the pages. */
const OTHER_FILES = 200

/** Looks at the folder of the data: whether it can be written to, and how much room there is. */
export async function disk({ dataDir }: Config): Promise<Finding> {
  const place = nearestFolder(dataDir)
  try {
    accessSync(place, constants.W_OK)
  } catch {
    const change = [`let the user that the server runs as write there: chown -R <user> ${place}`]
    return { check: 'disk', outcome: 'fail', says: `${place} can not be written to`, change, see: 'data-folder' }
  }
  const { bavail, bsize } = await statfs(place)
  return judgeDisk(place, Math.floor((bavail * bsize) / MIB))
}

/** Judges how much room there is, in MiB. */
export function judgeDisk(place: string, freeMib: number): Finding {
  const says = `${freeMib < 10 * FREE_MIB ? `${freeMib} MiB` : `${Math.floor(freeMib / 1024)} GiB`} are free at ${place}`
  if (freeMib >= FREE_MIB) return { check: 'disk', outcome: 'ok', says }
  const change = ['make room, or keep less: the settings history_ttl, history_max_messages, log_retention_days']
  return { check: 'disk', outcome: freeMib < LEAST_FREE_MIB ? 'fail' : 'warn', says, change, see: 'database' }
}

/** What is not there yet will be made below what is. */
function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path))
}

/** Looks whether a process may have as many files open as it may hold connections. */
export async function fileLimit(access: HubAccess): Promise<Finding[]> {
  const limit = readLimit()
  return limit === null ? [] : [judgeFileLimit(limit, await readMaxConnections(access))]
}

/** The hub's own setting where it runs and lets us see it; else what holds without one. */
async function readMaxConnections(access: HubAccess): Promise<number> {
  const fallback = SETTINGS.max_connections.default
  try {
    const { settings } = await callHub(listSettings, access)
    return Number(settings.find(({ key }) => key === 'max_connections')?.value ?? fallback)
  } catch {
    return fallback
  }
}

/** Node raises its own limit to the hard one; null where the system keeps no such file. */
function readLimit(): number | null {
  try {
    const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return hard === undefined ? null : hard === 'unlimited' ? Infinity : Number(hard)
  } catch {
    return null
  }
}

/** Judges a limit of open files against the most connections that a node keeps open. */
export function judgeFileLimit(limit: number, maxConnections: number): Finding {
  const says = `a process may have ${limit === Infinity ? 'any number of' : limit} files open`
  if (limit >= maxConnections + OTHER_FILES) return { check: 'file limit', outcome: 'ok', says }
  const change = [
    `LimitNOFILE=${2 * maxConnections} in the systemd unit, or ulimit -n before the start`,
    'or the setting max_connections below the limit, so that newcomers are told to come again',
  ]
  const means = `${says}, which is less than max_connections (${maxConnections})`
  return { check: 'file limit', outcome: 'warn', says: means, change, see: 'file-limit' }
}
