import { isNumberKept, parseExact } from '../../../shared/exact-json.ts'

/** What stands in the way of a text being JSON (RFC 8259); `range`: a number that is longer or larger than the server keeps. */
export type JsonFault = 'end' | 'value' | 'key' | 'colon' | 'comma' | 'string' | 'escape' | 'number' | 'range' | 'after'

export type CheckedJson =
  | { ok: true; value: unknown }
  /** `line` and `column` count from 1, columns in UTF-16 units; `found` is the character there, empty at the end. */
  | { ok: false; fault: JsonFault; line: number; column: number; found: string }

/** Deeper than any message is. */
const MAX_DEPTH = 500

class Fault extends Error {
  readonly fault: JsonFault
  readonly at: number
  constructor(fault: JsonFault, at: number) {
    super(fault)
    this.fault = fault
    this.at = at
  }
}

/** Reads JSON, or says where it stops being some: browsers say that differently, or not at all. */
export function checkJson(text: string): CheckedJson {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0), 0))
    if (end < text.length) throw new Fault('after', end)
    return { ok: true, value: parseExact(text) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const before = text.slice(0, error.at).split('\n')
    const found = String.fromCodePoint(text.codePointAt(error.at) ?? 0)
    return {
      ok: false,
      fault: error.at >= text.length ? 'end' : error.fault,
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
      found: error.at >= text.length ? '' : found,
    }
  }
}

function skipSpace(text: string, at: number): number {
  let next = at
  while (' \t\n\r'.includes(text[next] ?? 'x')) next++
  return next
}

const WORDS = ['true', 'false', 'null']
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Returns where the value that begins at `at` ends. */
function readValue(text: string, at: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Fault('value', at)
  const first = text[at]
  if (first === '{') return readMembers(text, at, depth)
  if (first === '[') return readItems(text, at, depth)
  if (first === '"') return readString(text, at)
  const word = WORDS.find((one) => text.startsWith(one, at))
  if (word !== undefined) return at + word.length
  return readNumber(text, at)
}

function readMembers(text: string, at: number, depth: number): number {
  let next = skipSpace(text, at + 1)
  if (text[next] === '}') return next + 1
  for (;;) {
    if (text[next] !== '"') throw new Fault('key', next)
    next = skipSpace(text, readString(text, next))
    if (text[next] !== ':') throw new Fault('colon', next)
    next = skipSpace(text, readValue(text, skipSpace(text, next + 1), depth + 1))
    if (text[next] === '}') return next + 1
    if (text[next] !== ',') throw new Fault('comma', next)
    next = skipSpace(text, next + 1)
  }
}

function readItems(text: string, at: number, depth: number): number {
  let next = skipSpace(text, at + 1)
  if (text[next] === ']') return next + 1
  for (;;) {
    next = skipSpace(text, readValue(text, next, depth + 1))
    if (text[next] === ']') return next + 1
    if (text[next] !== ',') throw new Fault('comma', next)
    next = skipSpace(text, next + 1)
  }
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function readString(text: string, at: number): number {
  for (let next = at + 1; next < text.length;) {
    const one = text[next]!
    if (one === '"') return next + 1
    if (one < ' ') throw new Fault('string', next)
    if (one !== '\\') next++
    else {
      ESCAPE.lastIndex = next
      if (!ESCAPE.test(text))
        throw new Fault(next + 1 >= text.length ? 'end' : 'escape', Math.min(next + 1, text.length))
      next = ESCAPE.lastIndex
    }
  }
  throw new Fault('end', text.length)
}

function readNumber(text: string, at: number): number {
  NUMBER.lastIndex = at
  if (!NUMBER.test(text)) {
    // A lone minus is the beginning of one; anything else is no value at all.
    const isNumber = text[at] === '-'
    throw new Fault(isNumber ? 'number' : 'value', isNumber ? at + 1 : at)
  }
  const end = NUMBER.lastIndex
  if (/[\d.eE+-]/.test(text[end] ?? '')) throw new Fault('number', end)
  if (!isNumberKept(text.slice(at, end))) throw new Fault('range', at)
  return end
}
