import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textParts } from './text-parts.ts'

const hrefs = (line: string) => textParts(line).flatMap(({ href }) => href ?? [])

describe('textParts', () => {
  it('makes a link of an address, without the full stop that ends the sentence', () => {
    expect(textParts('See https://example.org/a?b=1. Thanks')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
      { text: '. Thanks', href: null },
    ])
  })

  it('makes no link of what could run', () => {
    expect(hrefs('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([])
  })

  it('loses nothing of a line, whatever it is', () => {
    const words = fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant('https://')), { maxLength: 6 })
    fc.assert(
      fc.property(words, (parts) => {
        const line = parts.join(' ')
        expect(
          textParts(line)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line)
      }),
    )
  })
})
