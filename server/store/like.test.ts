import { describe, expect, it } from 'vitest'
import { likePatterns } from './like.ts'

describe('likePatterns', () => {
  it('looks for the text once when JSON writes it as it is', () => {
    expect(likePatterns('paid')).toEqual(['%paid%'])
  })

  it('escapes wildcards when they are part of the text', () => {
    expect(likePatterns('50%_')).toEqual([String.raw`%50\%\_%`])
  })

  it('looks for both forms when JSON writes the text differently', () => {
    expect(likePatterns('"a"')).toEqual(['%"a"%', String.raw`%\\"a\\"%`])
  })

  it('looks for the written form alone when the text holds NUL, which the database refuses', () => {
    expect(likePatterns('a\0')).toEqual([String.raw`%a\\u0000%`])
  })
})
