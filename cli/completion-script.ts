/** Shells that there is a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** What can follow one command. */
export interface Words {
  /** The command's own words: none for the program alone, `key create` for a subcommand. */
  path: string[]
  words: { word: string; says: string }[]
}

/** Writes the script that completes the words of all commands. */
export function completionScript(shell: Shell, all: readonly Words[]): string {
  return { bash, zsh, fish }[shell](all)
}

/** A line of the words before the cursor that are no options picks the command; the longest that fits. */
function bash(all: readonly Words[]): string {
  const cases = all.map(({ path, words }) => `    ${quote(path.join(' '))}) words=${quote(listOf(words))} ;;`)
  return `_yayin() {
  local word line= words= cur="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || line="\${line:+$line }$word"
  done
  while :; do
    words=
    case "$line" in
${cases.map((line) => `  ${line}`).join('\n')}
    esac
    [[ -n $words || -z $line ]] && break
    [[ $line == *' '* ]] && line="\${line% *}" || line=
  done
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _yayin yayin`
}

function zsh(all: readonly Words[]): string {
  const cases = all.map(({ path, words }) => {
    const entries = words.map(({ word, says }) => quote(`${word}:${says}`.replace(/^([^:]*):$/, '$1')))
    return `      ${quote(path.join(' '))}) found=(${entries.join(' ')}) ;;`
  })
  return `#compdef yayin
_yayin() {
  local -a found
  local line="\${(j: :)\${(@)words[2,CURRENT-1]:#-*}}"
  while :; do
    found=()
    case "$line" in
${cases.join('\n')}
    esac
    (( \${#found} )) || [[ -z $line ]] && break
    [[ $line == *' '* ]] && line="\${line% *}" || line=
  done
  _describe 'yayin' found || _files
}
compdef _yayin yayin`
}

function fish(all: readonly Words[]): string {
  const names = new Set(all.flatMap(({ path }) => path))
  const lines = all.flatMap(({ path, words }) => {
    const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`)
    const unseen = path.length === 0 ? [`not __fish_seen_subcommand_from ${[...names].join(' ')}`] : []
    const condition = [...seen, ...unseen].join('; and ')
    return words.map(({ word, says }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`
      return `complete -c yayin -n ${quote(condition)} ${what}${says === '' ? '' : ` -d ${quote(says)}`}`
    })
  })
  return lines.join('\n')
}

function listOf(words: Words['words']): string {
  return words.map(({ word }) => word).join(' ')
}

/** Quotes a text for all three shells; an apostrophe is written outside the quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
