import { foldText } from './fold-text.ts'

/** What is asked for: anything that matches, or a connection to close. */
export interface Command {
  kind: 'search' | 'disconnect'
  /** What is looked for, without the command's own word. */
  text: string
}

/** Reads what is typed; `verbs` are the words, in any language, that ask for a connection to close. */
export function readCommand(typed: string, verbs: readonly string[]): Command {
  const text = typed.trimStart()
  const verb = verbs.find((word) => foldText(text).startsWith(`${foldText(word)} `))
  if (verb === undefined) return { kind: 'search', text: text.trim() }
  return { kind: 'disconnect', text: text.slice(verb.length).trim() }
}
