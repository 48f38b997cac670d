import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENDPOINT_WORDS } from './endpoint-words.ts'
import { endpoints, GUIDES, withEndpoints } from './endpoints.ts'

it('has words for every address, and for nothing else', () => {
  expect(Object.keys(ENDPOINT_WORDS)).toEqual(endpoints().map(([name]) => name))
})

describe.each(GUIDES)('$file', ({ file, language }) => {
  const guide = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')

  it('says of every address who may', () => {
    const rows = guide.match(/^\| `[A-Z]+ \/.*$/gm) ?? []
    expect(rows.length).toBe(endpoints().length)
    expect(rows.filter((row) => /\| +\|/.test(row))).toEqual([])
  })

  it('lists every address when compared with the schemas (npm run docs)', () => {
    expect(guide).toBe(withEndpoints(guide, language))
  })
})
