import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankItems } from './rank-items.ts'

const items = [
  { label: 'Overview', keywords: 'Özet' },
  { label: 'Video rooms', keywords: 'Görüntülü odalar' },
  { label: 'Publish a message' },
  { label: 'Messages', keywords: 'İletiler' },
  { label: 'orders/1042' },
]
const found = (query: string) => rankItems(items, query).map(({ label }) => label)

describe('rankItems', () => {
  it('gives all in their order when nothing is asked for', () => {
    expect(found('  ')).toEqual(items.map(({ label }) => label))
  })

  it('puts what begins with the query first', () => {
    expect(found('mess')).toEqual(['Messages', 'Publish a message'])
  })

  it('finds the beginnings of several words when they are typed', () => {
    expect(found('vid roo')).toEqual(['Video rooms'])
    expect(found('roo vid')).toEqual(['Video rooms'])
  })

  it.each([
    ['ozet', 'Overview'],
    ['ILETI', 'Messages'],
    ['goruntulu', 'Video rooms'],
    ['104', 'orders/1042'],
  ])('finds by %j %j when it is another word, or part of one', (query, label) => {
    expect(found(query)).toEqual([label])
  })

  it('leaves out what lacks one of the words', () => {
    expect(found('publish nothing')).toEqual([])
  })

  it('takes a single letter for the beginning of a word alone', () => {
    expect(found('o')).toEqual(['Overview', 'orders/1042'])
  })

  it('finds each label when any two letters or more of it are typed', () => {
    const word = fc.string({ minLength: 2, unit: fc.constantFrom(...Array.from('aıİşGzé/ 7')) })
    fc.assert(
      fc.property(word, fc.nat(), fc.nat(), (label, a, b) => {
        const [from, to] = [a % (label.length + 1), b % (label.length + 1)].toSorted((x, y) => x - y)
        const typed = label.slice(from, to)
        fc.pre(typed.split(' ').every((term) => term.length !== 1))
        expect(rankItems([{ label }], typed)).toHaveLength(1)
      }),
    )
  })
})
