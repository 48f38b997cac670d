import { z } from 'zod'
import { YayinError, type FieldError } from '../../shared/errors.ts'

type Part = 'path' | 'query' | 'body'

/** Reads one part of a request by its schema; throws `invalid` with every place that is wrong. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, part: Part): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw invalidInput(result.error, part)
}

/** Reads a query string; a field that the schema takes as a list may stand there once or repeated. */
export function parseQuery<S extends z.ZodType>(schema: S, query: Record<string, unknown>): z.output<S> {
  const lists = listFields(schema)
  if (lists.length === 0) return parseInput(schema, query, 'query')
  const wrapped = { ...query }
  for (const name of lists) {
    if (typeof wrapped[name] === 'string') wrapped[name] = [wrapped[name]]
  }
  return parseInput(schema, wrapped, 'query')
}

/** Tells whether a body schema takes no fields at all. */
export function takesNothing(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0
}

/** Builds the `invalid` error that tells what zod found. */
export function invalidInput(error: z.ZodError, part?: Part): YayinError {
  const errors = flatten(error.issues)
  const first = errors[0]
  const place = [part, first?.path].filter(Boolean).join(' ')
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new YayinError('invalid', `${place || 'request'}: ${first?.message ?? 'invalid'}${more}`, { errors })
}

/** Most places that one answer lists. */
const MAX_ERRORS = 20

function flatten(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[] = []): FieldError[] {
  const errors = issues.flatMap((issue): FieldError[] => {
    const path = [...base, ...issue.path]
    const branch = issue.code === 'invalid_union' ? nearestBranch(issue.errors) : null
    if (branch !== null) return flatten(branch, path)
    return [{ path: path.map(String).join('.'), message: issue.message }]
  })
  return errors.slice(0, MAX_ERRORS)
}

/** Picks the alternative of a union that the input came closest to, which is what its author meant. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  const ranked = branches.filter((issues) => issues.length > 0).toSorted((a, b) => misses(a) - misses(b))
  return ranked[0] ?? null
}

/** The input is of the wrong type as a whole: further off than any number of wrong fields. */
const WRONG_TYPE = 1000

function misses(issues: readonly z.core.$ZodIssue[]): number {
  const whole = issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0)
  return whole ? WRONG_TYPE : issues.length
}

const listFieldsOf = new WeakMap<z.ZodType, readonly string[]>()

function listFields(schema: z.ZodType): readonly string[] {
  const known = listFieldsOf.get(schema)
  if (known !== undefined) return known
  const shape: Record<string, z.core.$ZodType> = schema instanceof z.ZodObject ? schema.shape : {}
  const names = Object.keys(shape).filter((name) => isList(shape[name]))
  listFieldsOf.set(schema, names)
  return names
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.def.innerType)
  return schema instanceof z.ZodArray
}
