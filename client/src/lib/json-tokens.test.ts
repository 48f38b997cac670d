import { expect, it } from 'vitest'
import { tokenizeJson } from './json-tokens.ts'

const kinds = (value: unknown) =>
  tokenizeJson(JSON.stringify(value)).flatMap(({ kind, text }) => (kind === 'other' ? [] : [[kind, text]]))

it('tells keys, strings, numbers and words apart when they are mixed', () => {
  expect(kinds({ a: 'b', n: -1.5e3, t: true, z: null })).toEqual([
    ['key', '"a"'],
    ['string', '"b"'],
    ['key', '"n"'],
    ['number', '-1500'],
    ['key', '"t"'],
    ['word', 'true'],
    ['key', '"z"'],
    ['word', 'null'],
  ])
})

it('is not misled when a string holds quotes, colons, numbers and words', () => {
  expect(kinds(['say "true": 1 \\'])).toEqual([['string', String.raw`"say \"true\": 1 \\"`]])
})

it('loses nothing when the tokens are joined', () => {
  const text = JSON.stringify({ a: [1, { b: 'ç "\\ \n' }], c: {} }, null, 2)
  expect(
    tokenizeJson(text)
      .map((token) => token.text)
      .join(''),
  ).toBe(text)
})
