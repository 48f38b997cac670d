import { Argument, type Command } from 'commander'
import { completionScript, SHELLS, type Shell, type Words } from '../completion-script.ts'
import type { Terminal } from '../terminal.ts'

/** Adds `yayin completion bash|zsh|fish`. */
export function addCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .summary('print a script that completes commands')
    .description('Prints a script for your shell that completes commands and options.')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addHelpText('after', HOW)
    .action((shell: Shell) => terminal.print(completionScript(shell, wordsOf(program, []))))
}

const HOW = `
To have it in each new shell:
  bash  yayin completion bash > ~/.local/share/bash-completion/completions/yayin
  zsh   yayin completion zsh > "\${fpath[1]}/_yayin"
  fish  yayin completion fish > ~/.config/fish/completions/yayin.fish`

/** Reads off what can follow each command: its subcommands, and its options with what they say of themselves. */
function wordsOf(command: Command, path: readonly string[]): Words[] {
  const subcommands = command.createHelp().visibleCommands(command)
  const options = command.createHelp().visibleOptions(command)
  const own = {
    path: [...path],
    words: [
      ...subcommands.map((sub) => ({ word: sub.name(), says: sub.summary() || sub.description() })),
      ...command.registeredArguments
        .flatMap((argument) => argument.argChoices ?? [])
        .map((word) => ({ word, says: '' })),
      ...options.flatMap(({ long, description }) => (long ? [{ word: long, says: description }] : [])),
    ],
  }
  return [own, ...command.commands.flatMap((sub) => wordsOf(sub, [...path, sub.name()]))]
}
