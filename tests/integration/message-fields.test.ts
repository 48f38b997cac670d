import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { DATABASES, isMissing, startServerOver } from '../support/databases.ts'
import type { TestServer } from '../support/server.ts'

interface Item {
  n: number
}

const MESSAGES = [
  { n: 0, total: 49, customer: { name: 'Ada', city: 'New York' } },
  { n: 1, total: '49', tags: ['new', 'red'] },
  { n: 2, total: 490, customer: { name: 'Bob' }, note: null },
  { n: 3, total: 49, text: 'a\u0000b' },
  { n: 4, total: 49, text: '\ud800' },
  { n: 5, total: -3.5, deep: { list: [{ sku: 'a-1' }] } },
  { n: 6, total: 49, raw: String.raw`\u0000` },
]

/** What a text holds that PostgreSQL's own JSON takes for too much. */
const MONSTERS = [{ n: 7, total: 49, huge: '1'.repeat(40_000) }]

describe.each(DATABASES)('a search by fields in %s', (kind) => {
  const missing = isMissing(kind)
  let server: TestServer

  beforeAll(async () => {
    if (missing) return
    server = await startServerOver(kind)
    const batch = [...MESSAGES, ...MONSTERS].map((message) => ({ channel: 'orders/1', ...message }))
    const { status } = await api(server).post('/api/broadcast', batch)
    if (status !== 200) throw new Error(`the messages were refused with ${status}`)
  })
  afterAll(() => server?.stop())

  it.skipIf(missing)('finds what stands in the fields, whatever else the messages hold', async () => {
    const search = async (...field: string[]) => {
      const params = new URLSearchParams(field.map((one) => ['field', one]))
      const { status, body } = await api(server).get<{ items: Item[] }>(`/api/messages?${params}`)
      expect(status, JSON.stringify(body)).toBe(200)
      return body.items.map(({ n }) => n).toReversed()
    }
    // Half a surrogate pair is no JSON to PostgreSQL; the message is found by its text.
    expect(await search('total=49')).toEqual([0, 1, 3, 6, 7])
    expect(await search('total:49', 'customer.name:Ada')).toEqual([0])
    expect(await search('customer.city=New York')).toEqual([0])
    expect(await search('tags=red')).toEqual([1])
    expect(await search('tags.0=red')).toEqual([])
    expect(await search('deep.list.0.sku=a-1')).toEqual([5])
    expect(await search('total>49')).toEqual([2])
    expect(await search('total<0')).toEqual([5])
    expect(await search('total>=-3.5', 'total<=49')).toEqual([0, 1, 3, 5, 6, 7])
    expect(await search('customer=*')).toEqual([0, 2])
    expect(await search('huge>1')).toEqual([])
    expect(await search('nothing=1')).toEqual([])
    expect(await search(`total=' or 1=1 --`)).toEqual([])
    const { body } = await api(server).get<{ count: number }>('/api/messages/count?field=total=49')
    expect(body).toEqual({ count: 5 })
  })

  it.skipIf(missing)('says what a condition looks like when it is none', async () => {
    const { status, body } = await api(server).get('/api/messages?field=total>many')
    expect(status).toBe(400)
    expect(String(body.detail)).toContain('total>=10')
  })
})
