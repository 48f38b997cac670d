import { expect, it } from 'vitest'
import { limitsText, schemaText } from './schema-text.ts'

it('writes nested objects, lists and alternatives as a type', () => {
  const schema = {
    type: 'object',
    required: ['id', 'tags'],
    properties: {
      id: { type: 'string' },
      tags: { type: 'array', items: { anyOf: [{ enum: ['a', 'b'] }, { type: 'null' }] } },
      inner: { type: 'object', properties: { n: { type: 'integer', minimum: 1, maximum: 5, default: 3 } } },
    },
  }
  expect(schemaText(schema)).toBe(
    '{\n  id: string\n  tags: ("a" | "b" | null)[]\n  inner?: {\n    n?: integer  // 1–5, default 3\n  }\n}',
  )
})

it('says any when a schema says nothing, and what an open object may hold', () => {
  expect(schemaText({})).toBe('any')
  expect(schemaText({ type: ['string', 'null'] })).toBe('string | null')
  expect(schemaText({ type: 'object' })).toBe('{}')
  expect(schemaText({ type: 'object', additionalProperties: { type: 'number' } })).toBe('{\n  [more]: number\n}')
})

it('keeps quiet about limits that are none', () => {
  expect(limitsText({ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })).toBe('')
  expect(limitsText({ type: 'string', maxLength: 5, format: 'email' })).toBe('email, at most 5 characters')
  expect(limitsText({ type: 'array', minItems: 1 })).toBe('at least 1 items')
})
