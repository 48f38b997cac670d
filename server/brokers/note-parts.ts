/** Letters of a part: three bytes each at most, so that a part stays below PostgreSQL's 8,000 bytes with its head. */
const PART_LENGTH = 2500
/** Notes of one node that may be incomplete at a time; parts of one come one after the other. */
const MAX_OPEN = 4

/**
 * Parts a text into payloads of so many letters, by default as small as a notification of PostgreSQL has to be:
 * `<node> <serial> <index>/<count> <text>`.
 */
export function partsOf(node: string, serial: number, text: string, letters = PART_LENGTH): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length || at === 0;) {
    const end = at + letters
    // A letter of two units is not parted: half of one is no text.
    const isSplit = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800
    const next = isSplit ? end - 1 : end
    pieces.push(text.slice(at, next))
    at = next
  }
  return pieces.map((piece, i) => `${node} ${serial} ${i + 1}/${pieces.length} ${piece}`)
}

/** Puts parts together again. */
export class PartReader {
  readonly #open = new Map<string, string[]>()

  /** Takes a payload; returns the node and the text once it was the last part, else null. */
  read(payload: string): { node: string; text: string } | null {
    const found = /^(\S+) (\d+) (\d+)\/(\d+) /.exec(payload)
    if (found === null) return null
    const [head, node = '', serial = '', index = '', count = ''] = found
    const piece = payload.slice(head.length)
    if (count === '1') return { node, text: piece }
    const key = `${node} ${serial}`
    const pieces = this.#open.get(key) ?? []
    // Parts come in order; a hole means that the rest is of no use.
    if (pieces.length !== Number(index) - 1) {
      this.#open.delete(key)
      return null
    }
    pieces.push(piece)
    if (pieces.length === Number(count)) {
      this.#open.delete(key)
      return { node, text: pieces.join('') }
    }
    this.#keep(node, key, pieces)
    return null
  }

  /** Forgets the oldest of a node whose rest never came. */
  #keep(node: string, key: string, pieces: string[]): void {
    this.#open.set(key, pieces)
    const own = [...this.#open.keys()].filter((other) => other.startsWith(`${node} `))
    if (own.length > MAX_OPEN) this.#open.delete(own[0]!)
  }
}
