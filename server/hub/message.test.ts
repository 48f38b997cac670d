import { describe, expect, it } from 'vitest'
import { RESERVED_TYPES } from '../../shared/protocol.ts'
import { encodeBody, readDraft } from './message.ts'

const TIMESTAMP = '2026-11-20T22:24:00.123Z'
/** What becomes of a publisher's text. */
const bodyOf = (text: string, from: string | null = null) => encodeBody(readDraft(JSON.parse(text)), TIMESTAMP, from)
const refusal = (value: unknown, fallback?: string, maxBytes?: number) => {
  try {
    readDraft(value, fallback, maxBytes)
  } catch (error) {
    return (error as { code: string }).code
  }
  return null
}

describe('readDraft', () => {
  it('takes the message’s own channel, else the one at hand, else broadcast', () => {
    expect(readDraft({ channel: 'a' }, 'b').channel).toBe('a')
    expect(readDraft({}, 'b').channel).toBe('b')
    expect(readDraft({}).channel).toBe('broadcast')
  })

  it.each([
    ['a number', 1],
    ['a string', 'x'],
    ['an array', [{}]],
    ['null', null],
    ['a boolean', true],
  ])('refuses %s as a message', (_name, value) => {
    expect(refusal(value)).toBe('invalid')
  })

  it.each(['', 'a//b', '/a', 'a b', 'a/*', '**', 'ş', 'a\n', 'x'.repeat(201), 7, ['a'], {}])(
    'refuses %j as a channel',
    (channel) => {
      expect(refusal({ channel })).toBe('invalid_channel')
    },
  )

  it('refuses every type that is the server’s own, and types that are no string', () => {
    expect([...RESERVED_TYPES].filter((type) => refusal({ type }) !== 'reserved_type')).toEqual([])
    expect([7, {}, [], true].map((type) => refusal({ type }))).toEqual(['invalid', 'invalid', 'invalid', 'invalid'])
    expect(refusal({ type: 'Connected' })).toBeNull()
  })

  it('refuses a message whose text is longer than allowed, in bytes and to the byte', () => {
    const message = { channel: 'a', text: 'ş'.repeat(500) }
    const bytes = Buffer.byteLength(JSON.stringify(message))
    expect(refusal(message, undefined, bytes)).toBeNull()
    expect(refusal(message, undefined, bytes - 1)).toBe('too_large')
  })

  it('refuses nesting that is too deep to be written, rather than failing', () => {
    let deep: unknown = 1
    for (let i = 0; i < 1_000_000; i++) deep = [deep]
    // Engines that write without recursion take it.
    expect(['invalid', null]).toContain(refusal({ deep }))
  })

  it('takes a message that is nested a thousand levels deep', () => {
    const text = `{"deep":${'['.repeat(1000)}${']'.repeat(1000)}}`
    expect(bodyOf(text).endsWith(text.slice(1))).toBe(true)
  })
})

describe('encodeBody', () => {
  it('writes channel, time and type before the publisher’s fields, which keep their order and their text', () => {
    expect(bodyOf('{"b":1,"channel":"x/y","a":{"z":[1,{}],"y":null},"type":"paid"}')).toBe(
      `{"channel":"x/y","timestamp":"${TIMESTAMP}","type":"paid","b":1,"a":{"z":[1,{}],"y":null}}`,
    )
  })

  it('writes a message without fields of its own', () => {
    expect(bodyOf('{}')).toBe(`{"channel":"broadcast","timestamp":"${TIMESTAMP}","type":"message"}`)
  })

  it('puts the server’s words in place of what the publisher wrote into its fields', () => {
    const written = '{"id":"e.1","timestamp":"never","from":"somebody","n":1}'
    expect(bodyOf(written)).toBe(`{"channel":"broadcast","timestamp":"${TIMESTAMP}","type":"message","n":1}`)
    expect(JSON.parse(bodyOf(written, 'ayşe "x"'))).toMatchObject({ from: 'ayşe "x"', timestamp: TIMESTAMP })
    expect(JSON.parse(bodyOf(written, 'me'))).not.toHaveProperty('id')
  })

  it('leaves nested fields of those names alone', () => {
    const inner = '{"id":1,"from":2,"channel":3,"timestamp":4,"type":5}'
    expect(bodyOf(`{"inner":${inner}}`)).toContain(`"inner":${inner}`)
  })

  it('leaves a key named __proto__ or constructor untouched, at the top and within', () => {
    const fields = '"__proto__":{"polluted":true},"constructor":{"prototype":1},"inner":{"__proto__":{"x":1}}}'
    const body = bodyOf(`{${fields}`)
    expect(body.endsWith(`,${fields}`)).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('keeps every character, and half of a surrogate pair as an escape', () => {
    const body = bodyOf(String.raw`{"text":"çay 🍵 \u0000 \ud800 \u2028 \"","k\n":1}`)
    expect(JSON.parse(body)).toMatchObject({ text: 'çay 🍵 \0 \uD800 \u2028 "', 'k\n': 1 })
    expect(Buffer.from(body).toString()).toBe(body)
    expect(body).not.toMatch(/[\r\n\0]/)
  })
})
