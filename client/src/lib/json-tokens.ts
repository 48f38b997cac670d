export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'other'

interface Token {
  kind: TokenKind
  text: string
}

// A key, a string, a number, or one of JSON's three words; what lies between is punctuation.
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g

/** Parts valid JSON text into its kinds; joined, the tokens are the text again. */
export function tokenizeJson(json: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  const add = (kind: TokenKind, text: string) => {
    if (text !== '') tokens.push({ kind, text })
    end += text.length
  }
  for (const match of json.matchAll(TOKEN)) {
    const [, quoted, colon, number, word] = match
    add('other', json.slice(end, match.index))
    if (quoted !== undefined) add(colon === undefined ? 'string' : 'key', quoted)
    if (colon !== undefined) add('other', colon)
    if (number !== undefined) add('number', number)
    if (word !== undefined) add('word', word)
  }
  add('other', json.slice(end))
  return tokens
}
