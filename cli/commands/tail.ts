import type { Command } from 'commander'
import { hasWildcard } from '../../shared/channel.ts'
import { parsePosition } from '../../shared/protocol.ts'
import { checkPatterns, shown } from '../arguments.ts'
import { usageFailure } from '../failure.ts'
import { follow } from '../follow.ts'
import { formatMessage } from '../format-message.ts'
import { addHubOptions, type HubOptions, readHubAccess } from '../hub-options.ts'
import { readLast } from '../last-messages.ts'
import type { Terminal } from '../terminal.ts'

interface TailOptions extends HubOptions {
  json?: boolean
  last?: string
  since?: string
}

/** Adds `yayin tail <channel…>`. */
export function addTail(program: Command, terminal: Terminal): void {
  const command = program
    .command('tail')
    .summary('show messages as they come')
    .description('Shows the messages of channels as they come, and what was missed after a cut, until Ctrl-C.')
    .argument('<channels...>', 'names or patterns, such as orders/* or team/**')
    .option('--last <count>', 'begin with the newest so many that came before; for names, not patterns')
    .option('--since <position>', 'begin behind the message with this id')
    .option('--json', 'one message a line, as JSON')
  addHubOptions(command).action((channels: string[], options: TailOptions) => tail(channels, options, terminal))
}

async function tail(channels: readonly string[], options: TailOptions, terminal: Terminal): Promise<void> {
  const last = readCount(options)
  checkPatterns(channels)
  const pattern = channels.find(hasWildcard)
  if (last > 0 && pattern) throw usageFailure(`--last is for names of channels; ${pattern} is a pattern`)
  checkPosition(options.since)
  const access = readHubAccess(options, terminal)
  await follow({
    access,
    channels,
    since: options.since ?? null,
    readPast: last > 0 ? () => readLast(channels, last, access) : null,
    show: (message) => terminal.print(options.json ? JSON.stringify(message) : formatMessage(message, terminal.paint)),
    note: (text) => terminal.note(terminal.paint('dim', text)),
    signal: terminal.interrupted(),
  })
}

function readCount({ last, since }: TailOptions): number {
  if (last === undefined) return 0
  if (since !== undefined) throw usageFailure('--last and --since exclude each other; give one of them')
  const count = Number(last)
  if (Number.isInteger(count) && count >= 1 && count <= 500) return count
  throw usageFailure(`--last is ${shown(last)}; give a whole number from 1 to 500`)
}

function checkPosition(since: string | undefined): void {
  if (since === undefined || parsePosition(since) !== null) return
  throw usageFailure(`--since is ${shown(since)}; give the id of a message, such as k3f9.2048`)
}
