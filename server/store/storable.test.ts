import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isStorable, storableJson, storableText } from './storable.ts'

describe('storableText', () => {
  it('replaces NUL and halves of surrogate pairs when a text holds them', () => {
    expect(storableText('a\0b\uD800c\uDC00')).toBe('a\uFFFDb\uFFFDc\uFFFD')
  })

  it('leaves a text alone when every character can be stored', () => {
    expect(storableText('şı 😀\n\u0001')).toBe('şı 😀\n\u0001')
  })

  it('never leaves half a pair behind when it cuts', () => {
    expect(storableText('ab😀', 3)).toBe('ab\uFFFD')
  })
})

describe('isStorable', () => {
  it('finds an unstorable text when it is a value or a key at any depth', () => {
    expect(isStorable({ a: [{ b: 'x\0' }] }, 5)).toBe(false)
    expect(isStorable({ a: { 'x\0': 1 } }, 5)).toBe(false)
    expect(isStorable({ a: [1, true, null, { b: 'x' }] }, 5)).toBe(true)
  })

  it('refuses what nests deeper than allowed, and only that', () => {
    expect(isStorable([[[]]], 3)).toBe(true)
    expect(isStorable([[[]]], 2)).toBe(false)
  })
})

describe('storableJson', () => {
  it('gives the JSON of the storable texts when a value holds any', () => {
    const check = (text: string) => {
      expect(JSON.parse(storableJson({ a: [text] }))).toEqual({ a: [storableText(text)] })
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), {
      examples: [['\0'], ['\\u0000'], ['\uD800']],
    })
  })
})
