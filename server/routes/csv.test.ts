import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it('quotes what would end a cell, and leaves the rest as it is', () => {
  expect(csvLine(['plain', 'a,b', 'say "so"', 'two\nlines', 7, null, { a: 1 }])).toBe(
    'plain,"a,b","say ""so""","two\nlines",7,,"{""a"":1}"\r\n',
  )
})

it('keeps a spreadsheet from running what somebody else wrote', () => {
  expect(csvLine(['=1+1', '@sum', -5])).toBe("'=1+1,'@sum,-5\r\n")
})
