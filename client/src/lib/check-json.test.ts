import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringifyExact } from '../../../shared/exact-json.ts'
import { checkJson } from './check-json.ts'

describe('checkJson', () => {
  it('reads numbers that JavaScript has no room for, digit for digit', () => {
    const text = '{"n":12345678901234567890,"m":[1e400]}'
    const checked = checkJson(text)
    expect(checked.ok && stringifyExact(checked.value)).toBe(text)
  })

  it.each([
    ['{\n  "a": 1,\n}', 'key', 3, 1, '}'],
    ['{"a" 1}', 'colon', 1, 6, '1'],
    ['{"a": 1 "b": 2}', 'comma', 1, 9, '"'],
    ["{'a': 1}", 'key', 1, 2, "'"],
    ['{"a": yes}', 'value', 1, 7, 'y'],
    ['{"a": "x\ny"}', 'string', 1, 9, '\n'],
    [String.raw`{"a": "\x"}`, 'escape', 1, 9, 'x'],
    ['{"a": 01}', 'number', 1, 8, '1'],
    ['{"a": -}', 'number', 1, 8, '}'],
    ['{"a": 1e1001}', 'range', 1, 7, '1'],
    ['{} {}', 'after', 1, 4, '{'],
    ['{"a": [1, 2', 'end', 1, 12, ''],
    ['', 'end', 1, 1, ''],
    ['{"a": "🙂" x}', 'comma', 1, 12, 'x'],
  ])('says where %j stops being JSON', (text, fault, line, column, found) => {
    expect(checkJson(text)).toEqual({ ok: false, fault, line, column, found })
  })

  it('takes what JSON.parse takes but for numbers beyond all range, and nothing else', () => {
    const near = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '0', '\\', '\n', '-'))
      .map(([json, at, extra]) => {
        const cut = at % (json.length + 1)
        return json.slice(0, cut) + extra + json.slice(cut)
      })
    fc.assert(
      fc.property(near, (text) => {
        let expected: unknown = null
        let isJson = true
        try {
          expected = JSON.parse(text)
        } catch {
          isJson = false
        }
        const checked = checkJson(text)
        expect(checked.ok || checked.fault === 'range', text).toBe(isJson)
        if (checked.ok) expect(JSON.parse(stringifyExact(checked.value))).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })
})
