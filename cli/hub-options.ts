import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { isLoopback } from '../shared/network.ts'
import { checkSecret, shown } from './arguments.ts'
import { usageFailure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** Which hub a command speaks to, and as whom. */
export interface HubAccess {
  /** Without a slash at the end. */
  url: string
  /** An API key or token; null for nobody. */
  key: string | null
}

/** What the options of {@link addHubOptions} come to. */
export interface HubOptions {
  url?: string
  key?: string
}

/** Adds `--url` and `--key`, as every command has them that speaks to a hub. */
export function addHubOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the hub; else YAYIN_URL, else the one on this machine'))
    .addOption(new Option('--key <key>', 'API key or token; else YAYIN_API_KEY, else the local hub’s own'))
}

/**
 * Finds out which hub is meant: by option, by environment, or the one of this folder, whose key lies in its DATA_DIR.
 * That key is for this machine alone: a hub elsewhere never gets it.
 * @throws CliFailure for an address that is none, or a key that can be none
 */
export function readHubAccess({ url, key }: HubOptions, { env }: Pick<Terminal, 'env'>): HubAccess {
  const given = url ?? filled(env['YAYIN_URL']) ?? `http://localhost:${filled(env['PORT']) ?? '3000'}`
  const address = readUrl(given)
  if (key !== undefined) checkSecret(key, '--key')
  const configured = filled(env['YAYIN_API_KEY'])
  if (configured !== undefined) checkSecret(configured, 'YAYIN_API_KEY')
  const isHere = isLoopback(new URL(address).hostname.replace(/^\[(.*)\]$/, '$1'))
  return { url: address, key: key ?? configured ?? (isHere ? readLocalKey(env) : null) }
}

/** Reads an http address, without a slash at its end. @throws CliFailure */
export function readUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usageFailure(`${shown(given)} is no address of a hub; give one such as https://hub.example.org`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** Returns the key of the hub that keeps its data in this folder; null when there is none. */
function readLocalKey(env: Terminal['env']): string | null {
  const configured = filled(env['API_KEY'])
  if (configured !== undefined) return configured
  try {
    return readFileSync(join(resolve(filled(env['DATA_DIR']) ?? './data'), 'api_key'), 'utf8').trim() || null
  } catch {
    return null
  }
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value
}
