/** A fenced block of a page in Markdown, with what the comments above it say to whoever runs it. */
export interface Block {
  file: string
  /** Of its first line of code, counted from 1. */
  line: number
  language: string
  code: string
  notes: Note[]
}

/**
 * `<!-- name: text -->`. Names:
 * - `prints`: what the block prints, or its page shows, sooner or later; any number of them
 * - `meanwhile`: a message, as JSON, that somebody publishes while the block runs
 * - `file`: where a reader saves it, from the folder of the hub's data
 * - `open`: an address that the block serves, to be looked at in a browser
 * - `runs in`: `page`, for what is pasted into a page's console
 * - `run by`: the test that runs it
 * - `not run`: why nothing can
 */
export interface Note {
  name: string
  text: string
}

const NAMES = new Set(['prints', 'meanwhile', 'file', 'open', 'runs in', 'run by', 'not run'])
const NOTE = /^<!-- ([a-z ]+): (.*) -->$/

/** Finds the blocks of a page, in order. @throws Error for a note of an unknown name */
export function readBlocks(file: string, markdown: string): Block[] {
  const blocks: Block[] = []
  let notes: Note[] = []
  let open: Block | null = null
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^```(\w*)/.exec(line)
    if (open !== null) {
      if (fence === null) open.code += `${line}\n`
      else open = null
    } else if (fence !== null) {
      open = { file, line: index + 2, language: fence[1]!, code: '', notes }
      blocks.push(open)
      notes = []
    } else if (line !== '') {
      const note = readNote(line)
      notes = note === null ? [] : [...notes, note]
    }
  }
  return blocks
}

function readNote(line: string): Note | null {
  const [, name, text] = NOTE.exec(line) ?? []
  if (name === undefined || text === undefined) return null
  if (!NAMES.has(name)) throw new Error(`a block has no note “${name}”: ${line}`)
  return { name, text }
}

/** Returns the texts of all notes of a name. */
export function notesOf(block: Block, name: string): string[] {
  return block.notes.filter((note) => note.name === name).map(({ text }) => text)
}
