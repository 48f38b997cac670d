import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { channelCondition, channelWhere } from './channel-sql.ts'

describe('channelWhere', () => {
  it('compares whole names at once when no pattern has a wildcard', () => {
    expect(channelWhere(['a', 'b/c'], 3)).toEqual({ text: '(channel = any($3::text[]))', values: [['a', 'b/c']] })
  })

  it('reads a range of the index when a pattern ends in **', () => {
    expect(channelWhere(['orders/**'], 1)).toEqual({
      text: '(channel ~>=~ $1 and channel ~<~ $2)',
      values: ['orders/', 'orders0'],
    })
  })

  it('narrows the range by an expression when a wildcard stands in the middle', () => {
    expect(channelWhere(['a.b/*/c', 'x'], 1)).toEqual({
      text: '(channel = any($1::text[]) or channel ~>=~ $2 and channel ~<~ $3 and channel ~ $4)',
      values: [['x'], 'a.b/', 'a.b0', '^a[.]b/[^/]+/c$'],
    })
  })

  it('has no condition when ** is among the patterns', () => {
    expect(channelWhere(['a', '**'], 1)).toEqual({ text: 'true', values: [] })
  })

  it('matches nothing when there are no patterns', () => {
    expect(channelWhere([], 1)).toEqual({ text: 'false', values: [] })
  })
})

describe('channelCondition', () => {
  it('says the same as the plain form when drizzle renders it', () => {
    const patterns = ['x', 'orders/*', '*/b/**', 'y/**']
    const { sql, params } = new PgDialect().sqlToQuery(channelCondition(patterns))
    expect({ text: sql, values: params }).toEqual(channelWhere(patterns, 1))
  })
})
