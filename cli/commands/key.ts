import { type Command, Option } from 'commander'
import { type ApiKeyInfo, createKey, listKeys, revokeKey, type Scope, SCOPES } from '../../shared/keys.ts'
import { checkName, checkPatterns } from '../arguments.ts'
import { readSeconds } from '../duration.ts'
import { usageFailure } from '../failure.ts'
import { callHub } from '../hub-api.ts'
import { addHubOptions, type HubAccess, type HubOptions, readHubAccess } from '../hub-options.ts'
import { alignColumns } from '../columns.ts'
import type { Terminal } from '../terminal.ts'

/** A hundred years, which is as good as for ever. */
const MOST_DAYS = 36_500

interface CreateOptions extends HubOptions {
  scope: Scope[]
  channel?: string[]
  expires?: string
  json?: boolean
}

/** Adds `yayin key create|list|revoke`. */
export function addKey(program: Command, terminal: Terminal): void {
  const key = program.command('key').summary('make, list and revoke API keys').description('API keys of your servers.')
  addCreate(key, terminal)
  addList(key, terminal)
  addRevoke(key, terminal)
}

function addCreate(parent: Command, terminal: Terminal): void {
  const scopes = new Option('--scope <scopes...>', 'what it may do').choices(SCOPES).makeOptionMandatory()
  const command = parent
    .command('create')
    .description('Makes an API key, and prints it this once.')
    .argument('<name>', 'what it is for')
    .addOption(scopes)
    .option('--channel <patterns...>', 'channels that publishing and subscribing are limited to')
    .option('--expires <duration>', 'how long it is good: 90d, 52w; for ever if absent')
    .option('--json', 'print the hub’s answer as it is')
  addHubOptions(command).action(async (name: string, { scope, channel, expires, ...options }: CreateOptions) => {
    checkName(name, 'the name', 200)
    checkPatterns(channel ?? [])
    const expiresAt = expires === undefined ? null : endOf(readSeconds(expires, '--expires', MOST_DAYS))
    const body = { name, scopes: scope, channels: channel ?? null, expiresAt }
    const made = await callHub(createKey, readHubAccess(options, terminal), { body })
    terminal.print(options.json ? JSON.stringify(made) : made.secret)
    if (terminal.isInteractive && !options.json)
      terminal.note(`Keep it: it is not shown again. Its id is ${made.key.id}.`)
  })
}

function endOf(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}

function addList(parent: Command, terminal: Terminal): void {
  const command = parent
    .command('list')
    .description('Lists the API keys, the newest first.')
    .option('--all', 'those that were revoked or have expired too')
    .option('--json', 'print them as JSON, one a line')
  addHubOptions(command).action(async (options: HubOptions & { all?: boolean; json?: boolean }) => {
    const keys = await allKeys(readHubAccess(options, terminal))
    const shown = options.all ? keys : keys.filter((key) => stateOf(key, Date.now()) === 'good')
    if (options.json) for (const key of shown) terminal.print(JSON.stringify(key))
    else if (shown.length === 0) terminal.note('There is no key; make one with `yayin key create`.')
    else terminal.print(tableOf(shown, terminal))
  })
}

async function allKeys(access: HubAccess): Promise<ApiKeyInfo[]> {
  const keys: ApiKeyInfo[] = []
  let cursor: string | undefined
  do {
    const page = await callHub(listKeys, access, { query: { limit: '500', cursor } })
    keys.push(...page.keys)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return keys
}

function tableOf(keys: readonly ApiKeyInfo[], { paint }: Terminal): string {
  const head = ['ID', 'KEY', 'NAME', 'SCOPES', 'CHANNELS', 'LAST USED', 'STATE']
  const rows = keys.map((key) => [
    key.id,
    `${key.prefix}…`,
    key.name,
    key.scopes.join(','),
    key.channels?.join(',') ?? 'all',
    key.lastUsedAt?.slice(0, 16).replace('T', ' ') ?? 'never',
    stateOf(key, Date.now()),
  ])
  const [first = '', ...lines] = alignColumns([head, ...rows])
  return [paint('dim', first), ...lines].join('\n')
}

/** Tells whether a key still opens anything. */
export function stateOf({ revokedAt, expiresAt }: ApiKeyInfo, now: number): 'good' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'good'
}

function addRevoke(parent: Command, terminal: Terminal): void {
  const command = parent
    .command('revoke')
    .description('Revokes an API key for good; what it holds open is closed.')
    .argument('<key>', 'its id, its name, or how it begins, as `yayin key list` shows them')
  addHubOptions(command).action(async (asked: string, options: HubOptions) => {
    const access = readHubAccess(options, terminal)
    const key = pickKey(await allKeys(access), asked)
    await callHub(revokeKey, access, { params: { id: key.id } })
    terminal.print(`Revoked ${key.name} (${key.id})`)
  })
}

/** Finds the one good key that is meant. @throws CliFailure when it is none, or more than one */
export function pickKey(keys: readonly ApiKeyInfo[], asked: string): ApiKeyInfo {
  const good = keys.filter((key) => stateOf(key, Date.now()) === 'good')
  const wanted = asked.replace(/…$/, '')
  const found = good.filter(({ id, name, prefix }) => id === wanted || name === wanted || prefix === wanted)
  if (found.length === 1) return found[0]!
  const fault = found.length === 0 ? 'no key' : `${found.length} keys`
  throw usageFailure(`${JSON.stringify(asked)} is ${fault}; give an id that \`yayin key list\` shows`)
}
