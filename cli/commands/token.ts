import type { Command } from 'commander'
import { createToken } from '../../shared/access.ts'
import { checkClaimed, checkName } from '../arguments.ts'
import { readSeconds } from '../duration.ts'
import { callHub } from '../hub-api.ts'
import { addHubOptions, type HubOptions, readHubAccess } from '../hub-options.ts'
import type { Terminal } from '../terminal.ts'

/** How long a token is good at most. */
const MOST_DAYS = 365

interface TokenOptions extends HubOptions {
  sub: string
  name?: string
  subscribe?: string[]
  publish?: string[]
  expires: string
  json?: boolean
}

/** Adds `yayin token`. */
export function addToken(program: Command, terminal: Terminal): void {
  const command = program
    .command('token')
    .summary('make a token for an end user')
    .description('Makes a token for an end user of your app, and prints nothing else.')
    .requiredOption('--sub <user>', 'who it is for: the user’s id in your app')
    .option('--name <name>', 'the user’s name, for others to see')
    .option('--subscribe <patterns...>', 'channels that they may follow, such as orders/* or team/**')
    .option('--publish <patterns...>', 'channels that they may publish to')
    .option('--expires <duration>', 'how long it is good: 90s, 15m, 1h, 7d', '1h')
    .option('--json', 'print the hub’s answer as it is: token and expiresAt')
  addHubOptions(command).action(async ({ sub, name, subscribe, publish, ...options }: TokenOptions) => {
    checkName(sub, '--sub', 255)
    if (name !== undefined) checkName(name, '--name', 200)
    checkClaimed([...(subscribe ?? []), ...(publish ?? [])])
    const expiresIn = readSeconds(options.expires, '--expires', MOST_DAYS)
    const body = { sub, name, subscribe, publish, expiresIn }
    const made = await callHub(createToken, readHubAccess(options, terminal), { body })
    terminal.print(options.json ? JSON.stringify(made) : made.token)
    if (terminal.isInteractive && !options.json) terminal.note(`Good until ${made.expiresAt}`)
  })
}
