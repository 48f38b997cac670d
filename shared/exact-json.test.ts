import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isMarkedNumber, isNumberKept, parseExact, stringifyExact } from './exact-json.ts'

const through = (text: string) => stringifyExact(parseExact(text))

it.each([
  '{"n":12345678901234567890,"m":[-9007199254740993,{"x":9007199254740993}]}',
  '[1e400,-2.5E-400,0.1000000000000000055511151231257827]',
  '{"text":":12345678901234567890,\\"[1e400\\\\","n":12345678901234567890}',
])('keeps every digit when the text is %s', (text) => {
  expect(through(text)).toBe(text)
})

it.each([
  ['[1.10,1e2,-0.5e-3,0.30000000000000004]', '[1.1,100,-0.0005,0.30000000000000004]'],
  ['[9007199254740992.000,1000000000000000000000]', '[9007199254740992,1e+21]'],
  ['{"id":"12345678901234567890","hex":"3e5 7e9"}', '{"id":"12345678901234567890","hex":"3e5 7e9"}'],
])('writes %s as JavaScript does when its numbers are exact', (text, written) => {
  expect(through(text)).toBe(written)
})

it('is no other than JSON.parse and JSON.stringify for whatever JavaScript can hold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.string())),
      (value) => {
        const text = JSON.stringify(value)
        expect(through(text)).toBe(JSON.stringify(JSON.parse(text)))
      },
    ),
  )
})

it('keeps any number, among any texts', () => {
  const number = fc.tuple(fc.bigInt(), fc.nat({ max: 400 })).map(([n, e]) => (e % 3 === 0 ? `${n}` : `${n}e-${e}`))
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', '\\', ',', ':', '1', 'e', 'ü', '\n'), maxLength: 20 }),
      number,
      (text, literal) => {
        const written = through(`{"a":${JSON.stringify(text)},"n":${literal},"b":${JSON.stringify(`,${literal}`)}}`)
        const at = written.lastIndexOf(',"n":') + 5
        const found = written.slice(at, written.indexOf(',"b"', at))
        expect(found === literal || Number(found) === Number(literal)).toBe(true)
        const { n, ...rest } = JSON.parse(written) as { a: string; n: number; b: string }
        expect(rest).toEqual({ a: text, b: `,${literal}` })
        expect(n).toBe(Number(literal))
      },
    ),
    { numRuns: 30 },
  )
})

it('refuses what is no JSON, and a number that nobody could keep', () => {
  for (const text of ['{12345678901234567890:1}', '[12345678901234567890x]', '[1e1001]', `[${'9'.repeat(1001)}]`]) {
    expect(() => parseExact(text), text.slice(0, 30)).toThrow(SyntaxError)
  }
})

it('marks what it carries through', () => {
  const [big, small, text] = parseExact('[12345678901234567890,1,"a"]') as unknown[]
  expect([big, small, text].map(isMarkedNumber)).toEqual([true, false, false])
})

it('writes them indented, and alone, as they were', () => {
  const text = '{\n  "n": 12345678901234567890,\n  "list": [\n    1e400\n  ],\n  "text": ": 1e400"\n}'
  expect(stringifyExact(parseExact(text), 2)).toBe(text)
  expect(through('-1e400')).toBe('-1e400')
})

it('tells which numbers are kept', () => {
  const kept = ['1', '0e5000', '1e400', '12345678901234567890', '1e1001', '9'.repeat(1001)].map(isNumberKept)
  expect(kept).toEqual([true, true, true, true, false, false])
})
