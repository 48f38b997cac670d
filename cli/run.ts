import { CommanderError } from 'commander'
import { ConfigError } from '../server/config.ts'
import { CliFailure, EXIT } from './failure.ts'
import { createProgram } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Runs one command line, without the program's own name; resolves with the exit code. What fails is told on one line. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync([...args], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    // Commander has said it already; what was asked for, like help, ends with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (!(error instanceof CliFailure || error instanceof ConfigError)) throw error
    // An end that a report has explained has nothing to add.
    if (error.message !== '') terminal.note(`yayin: ${error.message}`)
    return error instanceof CliFailure ? error.exitCode : EXIT.usage
  }
}
