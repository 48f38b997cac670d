import { beforeAll, describe, expect, it } from 'vitest'
import { useServer } from '../support/use-server.ts'

const use = useServer()

interface Page {
  items: { id: string; channel: string; text: string; timestamp: string }[]
  nextCursor: string | null
}

async function search(filters: Record<string, string>): Promise<Page> {
  const { status, body } = await use.as().get<Page>(`/api/messages?${new URLSearchParams(filters)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const textsOf = ({ items }: Page) => items.map(({ text }) => text)

describe('a search of the archive', () => {
  const TEXTS = ['100% sure', '100 percent', 'snake_case', 'snakeXcase', String.raw`back\slash`, `O'Brien "quoted"`]

  beforeAll(async () => {
    await use.publishAll(TEXTS.map((text) => ({ channel: 'words/odd', text })))
    await use.publish('words/odd', { text: 'a\u0000b' })
    await use.publish('words/odd', { text: 'Çay, şeker ve İstanbul' })
    await use.publish('other/one/deep', { type: 'order_paid', text: 'other' })
    const ada = use.as(await use.tokenFor({ sub: 'ada', publish: ['other/*'] }))
    await ada.post('/api/broadcast', { channel: 'other/two', text: 'from ada' })
  })

  it.each([
    ['100%', ['100% sure']],
    ['%', ['100% sure']],
    ['_', ['snake_case']],
    ['snake_c', ['snake_case']],
    ['SNAKE', ['snakeXcase', 'snake_case']],
    [String.raw`back\slash`, [String.raw`back\slash`]],
    [`O'Brien`, [`O'Brien "quoted"`]],
    ['"quoted"', [`O'Brien "quoted"`]],
    [`'; drop table messages; --`, []],
    ['a\u0000b', ['a\u0000b']],
    ['çay', ['Çay, şeker ve İstanbul']],
    ['nowhere to be found', []],
  ])('finds what holds %j, as it is written', async (q, texts) => {
    expect(textsOf(await search({ q, channel: 'words/*' }))).toEqual(texts)
  })

  it('is narrowed by channel, type, publisher and time', async () => {
    expect(textsOf(await search({ channel: 'other/**' }))).toEqual(['from ada', 'other'])
    expect(textsOf(await search({ channel: 'other/*' }))).toEqual(['from ada'])
    expect(textsOf(await search({ type: 'order_paid' }))).toEqual(['other'])
    expect(textsOf(await search({ from: 'ada' }))).toEqual(['from ada'])
    expect(textsOf(await search({ from: 'ada', type: 'order_paid' }))).toEqual([])
    const { items } = await search({ channel: 'other/two' })
    const at = items[0]!.timestamp
    expect(textsOf(await search({ since: at, until: at, channel: 'other/two' }))).toEqual(['from ada'])
    const later = new Date(Date.parse(at) + 1).toISOString()
    expect(textsOf(await search({ since: later, channel: 'other/two' }))).toEqual([])
    expect(textsOf(await search({ until: '2020-01-01T00:00:00+03:00' }))).toEqual([])
  })

  it('comes page by page, newest first, each message once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Page = await search({ channel: 'words/odd', limit: '3', ...(cursor !== null && { cursor }) })
      seen.push(...textsOf(page))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual([...TEXTS, 'a\u0000b', 'Çay, şeker ve İstanbul'].toReversed())
  })

  it('is refused when a filter is malformed', async () => {
    for (const query of ['since=yesterday', 'until=1', 'channel=a//b', 'cursor=x', 'q=a&q=b', `q=${'x'.repeat(501)}`]) {
      expect((await use.as().get(`/api/messages?${query}`)).body, query).toMatchObject({ status: 400, code: 'invalid' })
    }
  })

  it('is for admins alone', async () => {
    expect((await use.as(null).get('/api/messages')).status).toBe(401)
    expect((await use.as(await use.tokenFor({ sub: 'eve', subscribe: ['**'] })).get('/api/messages')).status).toBe(403)
  })
})
