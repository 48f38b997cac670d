/*
 * JavaScript's numbers have 53 bits; JSON's have as many digits as their writer gave them (RFC 8259 §6). A number that
 * would come out as another one is carried through as a marked text, and written again digit for digit.
 */

/** Nobody can guess it, and so publish a text that would be taken for a number. */
const MARK = `\uE000${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** In JSON text a quote within a string follows a backslash, so this never matches inside of one. */
const MARKED = new RegExp(String.raw`(?<=^|[:,[]\s*)"${MARK}([-+.\deE]+)"`, 'g')
/** Finds nearly every text without such a number at first sight. */
const SUSPECT = /(?:^|[:[,\s])-?(?:[\d.]{16}|[\d.]+[eE])/

/** Longest number that is carried through, in characters, and its largest power of ten: databases keep these exactly. */
const MAX_LENGTH = 1000
const MAX_EXPONENT = 1000

/** Parses JSON as `JSON.parse` does, for {@link stringifyExact}. @throws SyntaxError also for a number beyond 10^1000 */
export function parseExact(text: string): unknown {
  const value = JSON.parse(text) as unknown
  if (!SUSPECT.test(text)) return value
  const marked = markNumbers(text)
  return marked === text ? value : (JSON.parse(marked) as unknown)
}

/** Writes JSON text as `JSON.stringify` does, with the numbers that {@link parseExact} read as they were. */
export function stringifyExact(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent)
  return text.includes(MARK) ? text.replace(MARKED, '$1') : text
}

/** Tells whether a text stands for a number that {@link parseExact} read. */
export function isMarkedNumber(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(MARK)
}

/** `text` is valid JSON. */
function markNumbers(text: string): string {
  const next = /["\d-]/g
  let marked = ''
  let done = 0
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const at = match.index
    if (match[0] === '"') {
      next.lastIndex = endOfString(text, at)
      continue
    }
    NUMBER.lastIndex = at
    const literal = NUMBER.exec(text)?.[0] ?? match[0]
    next.lastIndex = at + literal.length
    if (isExact(literal)) continue
    if (!canCarry(literal)) throw new SyntaxError('a number is out of range')
    marked += `${text.slice(done, at)}"${MARK}${literal}"`
    done = next.lastIndex
  }
  return marked + text.slice(done)
}

function endOfString(text: string, start: number): number {
  const end = /["\\]/g
  end.lastIndex = start + 1
  for (let match = end.exec(text); match !== null; match = end.exec(text)) {
    if (match[0] === '"') return end.lastIndex
    end.lastIndex++
  }
  return text.length
}

function isExact(literal: string): boolean {
  const value = Number(literal)
  return Number.isFinite(value) && canonical(literal) === canonical(String(value))
}

/** Tells whether a number, as it is written in JSON, is kept digit for digit or is exact anyway. */
export function isNumberKept(literal: string): boolean {
  return isExact(literal) || canCarry(literal)
}

function canCarry(literal: string): boolean {
  const [, exponent = '0'] = literal.split(/e/i)
  return literal.length <= MAX_LENGTH && Math.abs(Number(exponent)) <= MAX_EXPONENT
}

/** Writes a number's value in one way: its digits as a whole number, and the power of ten they are multiplied by. */
function canonical(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.replace(/^-/, '').split(/e/i)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}
