import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Greetings } from './greetings.ts'
import type { TcpLink } from './link.ts'

let gone: string[]
let greetings: Greetings

beforeEach(() => {
  vi.useFakeTimers()
  gone = []
  greetings = new Greetings()
})
afterEach(() => void vi.useRealTimers())

function greet(name: string): void {
  greetings.letGo({ letGo: () => void gone.push(name) } as unknown as TcpLink)
}

describe('Greetings', () => {
  it('lets those go at once who come alone', () => {
    greet('a')
    vi.advanceTimersByTime(50)
    greet('b')
    expect(gone).toEqual(['a', 'b'])
  })

  it('lets those go together, in order and within milliseconds, who come right after another', () => {
    greet('a')
    greet('b')
    greet('c')
    expect(gone).toEqual(['a'])
    vi.advanceTimersByTime(2)
    expect(gone).toEqual(['a', 'b', 'c'])
  })

  it('goes on with that for as long as more come', () => {
    for (let i = 0; i < 100; i++) {
      greet(String(i))
      if (i % 10 === 9) vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(1)
    expect(gone).toEqual(Array.from({ length: 100 }, (_, i) => String(i)))
  })
})
