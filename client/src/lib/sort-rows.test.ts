import { describe, expect, it } from 'vitest'
import { readOrder, sortRows, writeOrder } from './sort-rows.ts'

const byName = (names: (string | null)[], descending: boolean, locale = 'en') =>
  sortRows(names, (name) => name, descending, locale)

describe('sortRows', () => {
  it('orders words as the language does when they are text', () => {
    expect(byName(['Zeki', 'Çelik', 'Can', 'Deniz'], false, 'tr')).toEqual(['Can', 'Çelik', 'Deniz', 'Zeki'])
  })

  it('counts when names end in numbers', () => {
    expect(byName(['key 10', 'key 9'], false)).toEqual(['key 9', 'key 10'])
  })

  it('puts what is not there last when the order is turned, too', () => {
    expect(byName(['b', null, 'a'], false)).toEqual(['a', 'b', null])
    expect(byName(['b', null, 'a'], true)).toEqual(['b', 'a', null])
  })

  it('leaves equal rows as they were when the order is turned', () => {
    const rows = [1, 2, 3]
    expect(sortRows(rows, () => 0, true, 'en')).toEqual(rows)
  })
})

describe('the order in the address', () => {
  it.each(['name', '-createdAt'])('comes back when %s is read and written', (text) => {
    expect(writeOrder(readOrder(text))).toBe(text)
  })
})
