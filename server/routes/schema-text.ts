import type { Schema } from './openapi.ts'

/** Writes a JSON schema as people read it, like a TypeScript type, with its limits behind it as comments. */
export function schemaText(schema: Schema, indent = ''): string {
  const {
    type,
    anyOf,
    oneOf,
    enum: values,
    const: only,
  } = schema as {
    type?: string | string[]
    anyOf?: Schema[]
    oneOf?: Schema[]
    enum?: unknown[]
    const?: unknown
  }
  const either = anyOf ?? oneOf
  if (either) return either.map((branch) => schemaText(branch, indent)).join(' | ')
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (only !== undefined) return JSON.stringify(only)
  if (type === 'array') return arrayText(schema, indent)
  if (type === 'object') return objectText(schema, indent)
  return Array.isArray(type) ? type.join(' | ') : (type ?? 'any')
}

function arrayText({ items }: Schema, indent: string): string {
  const item = schemaText((items ?? {}) as Schema, indent)
  return item.includes('|') ? `(${item})[]` : `${item}[]`
}

function objectText(schema: Schema, indent: string): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)
  const required = (schema['required'] ?? []) as string[]
  const inner = `${indent}  `
  const lines = properties.map(([name, property]) => {
    const limits = limitsText(property)
    const text = `${inner}${name}${required.includes(name) ? '' : '?'}: ${schemaText(property, inner)}`
    return limits === '' ? text : `${text}  // ${limits}`
  })
  const more = schema['additionalProperties']
  if (typeof more === 'object' || more === true)
    lines.push(`${inner}[more]: ${schemaText(more === true ? {} : (more as Schema), inner)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

/** Zod states the range of every whole number; only narrower ones are worth a word. */
const NO_LIMIT = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])

/** Says what of a value its type doesn't: its format, range, length and default. */
export function limitsText(schema: Schema): string {
  const { format, default: preset } = schema
  const range = rangeText(schema['minimum'], schema['maximum'], '')
  const length = rangeText(schema['minLength'], schema['maxLength'], ' characters')
  const count = rangeText(schema['minItems'], schema['maxItems'], ' items')
  const parts = [format === undefined ? '' : String(format), range, length, count]
  if (preset !== undefined) parts.push(`default ${JSON.stringify(preset)}`)
  return parts.filter((part) => part !== '').join(', ')
}

function rangeText(min: unknown, max: unknown, unit: string): string {
  const [least, most] = [limitOf(min), limitOf(max)]
  if (least !== null && most !== null) return `${least}–${most}${unit}`
  if (least !== null) return `at least ${least}${unit}`
  return most === null ? '' : `at most ${most}${unit}`
}

function limitOf(limit: unknown): number | null {
  return typeof limit !== 'number' || NO_LIMIT.has(limit) ? null : limit
}
