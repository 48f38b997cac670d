import { Command } from 'commander'
import { VERSION } from '../server/version.ts'
import { addCompletion } from './commands/completion.ts'
import { addDoctor } from './commands/doctor.ts'
import { addKey } from './commands/key.ts'
import { addPublish } from './commands/publish.ts'
import { addStart } from './commands/start.ts'
import { addTail } from './commands/tail.ts'
import { addToken } from './commands/token.ts'
import type { Terminal } from './terminal.ts'

const MORE = `
Examples:
  $ yayin start
  $ yayin tail 'orders/*'
  $ yayin publish orders/7 '{"type":"order_paid","total":49}'
  $ yayin doctor https://hub.example.org

Ends with 0 when it worked, 1 when it did not, 2 for wrong use, 3 when no hub answers, 4 when the hub refuses the key.`

/** Builds the command line; each command lies in a file of its own. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('yayin')
    .description('Yayın, a realtime hub: POST a message, browsers get it at once.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', MORE)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.note(text.replace(/\n$/, '')),
      outputError: (text, write) => write(faultLine(text)),
      getOutHelpWidth: () => terminal.columns,
    })
  addStart(program)
  addPublish(program, terminal)
  addTail(program, terminal)
  addToken(program, terminal)
  addKey(program, terminal)
  addDoctor(program, terminal)
  addCompletion(program, terminal)
  return program
}

/** Brings what Commander says against a command line to one line, in the form of all others. */
function faultLine(text: string): string {
  const fault = text.trim().replace(/^error: |\.$/g, '')
  return `yayin: ${fault.replaceAll('\n', ' ')}; \`yayin help\` shows what there is`
}
