import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FieldTerm, formatFieldTerm, parseFieldTerm, parseSearch } from './message-search.ts'

const term = (path: string, operator: FieldTerm['operator'], value: string) => {
  return { path: path.split('.'), operator, value }
}

describe('parseFieldTerm', () => {
  it.each([
    ['total=49', term('total', '=', '49')],
    ['total:49', term('total', '=', '49')],
    ['customer.name=Ada', term('customer.name', '=', 'Ada')],
    ['items.0.sku=a-1', term('items.0.sku', '=', 'a-1')],
    ['total>=10.5', term('total', '>=', '10.5')],
    ['total<-3', term('total', '<', '-3')],
    ['url:http://a/?b=c', term('url', '=', 'http://a/?b=c')],
    ['note:*', term('note', '=', '*')],
  ])('reads %s', (text, expected) => {
    expect(parseFieldTerm(text)).toEqual(expected)
  })

  it.each(['total', 'total=', '=49', 'a..b=1', 'total>many', '"total":49', '{"a":1}', ''])(
    'refuses %j, which is no condition',
    (text) => {
      expect(parseFieldTerm(text)).toBeNull()
    },
  )

  it('reads back what it writes', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
    const terms = fc.record({
      path: fc.array(name, { minLength: 1, maxLength: 5 }),
      operator: fc.constantFrom('=' as const, '>=' as const, '<' as const),
      value: fc.integer().map(String),
    })
    const check = (one: FieldTerm) => {
      expect(parseFieldTerm(formatFieldTerm(one))).toEqual(one)
    }
    fc.assert(fc.property(terms, check))
  })
})

describe('parseSearch', () => {
  it('parts text from conditions when both are typed', () => {
    expect(parseSearch('order total:49  paid customer.city:"New York"')).toEqual({
      text: 'order paid',
      terms: [term('total', '=', '49'), term('customer.city', '=', 'New York')],
    })
  })

  it('takes a piece of JSON as text when it begins with a quote', () => {
    expect(parseSearch('"total":49')).toEqual({ text: '"total":49', terms: [] })
  })

  it('takes a condition as text when it stands in quotes', () => {
    expect(parseSearch('"total:49"')).toEqual({ text: 'total:49', terms: [] })
  })
})
