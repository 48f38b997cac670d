import { describe, expect, it } from 'vitest'
import { compareValues, readOrder, writeOrder } from './sort-rows.ts'

describe('compareValues', () => {
  it('orders words as the language does when they are text', () => {
    const names = ['Zeki', 'Çelik', 'Can', 'Deniz']
    expect(names.sort(compareValues('tr'))).toEqual(['Can', 'Çelik', 'Deniz', 'Zeki'])
  })

  it('counts when names end in numbers', () => {
    expect(['key 10', 'key 9'].sort(compareValues('en'))).toEqual(['key 9', 'key 10'])
  })

  it('goes by size when both are numbers', () => {
    expect([10, 9, -1].sort(compareValues('en'))).toEqual([-1, 9, 10])
  })
})

describe('the order in the address', () => {
  it.each(['name', '-createdAt'])('comes back when %s is read and written', (text) => {
    expect(writeOrder(readOrder(text))).toBe(text)
  })
})
