import { sql, type SQL } from 'drizzle-orm'
import { hasWildcard } from '../../shared/channel.ts'

/** A condition on the column `channel`: pieces of SQL with one value between each two. */
interface Condition {
  texts: string[]
  values: (string | string[])[]
}

const EVERYTHING: Condition = { texts: ['true'], values: [] }
const NOTHING: Condition = { texts: ['false'], values: [] }

/** Condition that the column `channel` is matched by one of `patterns`: true for `**`, false for none at all. */
export function channelCondition(patterns: readonly string[]): SQL {
  const { texts, values } = condition(patterns)
  const chunks = texts.flatMap((text, i) =>
    i < values.length ? [sql.raw(text), sql.param(values[i])] : [sql.raw(text)],
  )
  return sql.join(chunks)
}

/** {@link channelCondition} as plain SQL whose parameters are numbered from `firstParam`. */
export function channelWhere(
  patterns: readonly string[],
  firstParam: number,
): { text: string; values: (string | string[])[] } {
  const { texts, values } = condition(patterns)
  return { text: texts.reduce((text, next, i) => `${text}$${firstParam + i - 1}${next}`), values }
}

function condition(patterns: readonly string[]): Condition {
  if (patterns.includes('**')) return EVERYTHING
  const names = patterns.filter((pattern) => !hasWildcard(pattern))
  const parts = patterns.filter(hasWildcard).map(wildcardCondition)
  if (names.length > 0) parts.unshift({ texts: ['channel = any(', '::text[])'], values: [names] })
  const [first, ...others] = parts
  return first === undefined ? NOTHING : parenthesised(others.reduce(either, first))
}

function either(a: Condition, b: Condition): Condition {
  return { texts: chain(a.texts, ' or ', b.texts), values: [...a.values, ...b.values] }
}

function parenthesised({ texts, values }: Condition): Condition {
  return { texts: chain(['('], '', chain(texts, '', [')'])), values }
}

/** Joins two lists of texts so that the last of `a` and the first of `b` become one. */
function chain(a: readonly string[], between: string, b: readonly string[]): string[] {
  return [...a.slice(0, -1), `${a.at(-1) ?? ''}${between}${b[0] ?? ''}`, ...b.slice(1)]
}

function wildcardCondition(pattern: string): Condition {
  const prefix = pattern.slice(0, pattern.indexOf('*'))
  const rest = pattern.slice(prefix.length)
  if (prefix === '') return { texts: ['channel ~ ', ''], values: [regexOf(pattern)] }
  // Byte order, as the index's text_pattern_ops has it: all names that begin with `a/` lie from `a/` to before `a0`.
  const range = { texts: ['channel ~>=~ ', ' and channel ~<~ ', ''], values: [prefix, `${prefix.slice(0, -1)}0`] }
  if (rest === '**') return range
  return { texts: chain(range.texts, ' and channel ~ ', ['', '']), values: [...range.values, regexOf(pattern)] }
}

/** POSIX expression over valid channel names; of their characters only the dot has a meaning there. */
function regexOf(pattern: string): string {
  const body = pattern
    .replace(/\/\*\*$/, '/.+')
    .split('/')
    .map((segment) => (segment === '.+' ? '.+' : segment === '*' ? '[^/]+' : segment.replaceAll('.', '[.]')))
  return `^${body.join('/')}$`
}
