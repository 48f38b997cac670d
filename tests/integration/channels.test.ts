import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { idsOf, useServer } from '../support/use-server.ts'

const use = useServer()

interface ChannelPage {
  channels: { name: string; subscribers: number; messagesPerSecond: number; lastMessageAt: string | null }[]
  nextCursor: string | null
}
interface Page {
  items: { id: string; n: number }[]
  nextCursor: string | null
}

const numbered = (channel: string, count: number) => Array.from({ length: count }, (_, n) => ({ channel, n }))

describe('the list of channels', () => {
  const list = async (query = '') => (await use.as().get<ChannelPage>(`/api/channels${query}`)).body

  it('counts who follows a channel, by name or by pattern, and what goes over it', async () => {
    await Promise.all([use.follow(['public/list/a']), use.follow(['public/list/*']), use.follow(['public/list/b'])])
    const [first] = await use.publishAll(numbered('public/list/a', 20))
    const { channels } = await list('?q=public/LIST')
    expect(channels.map(({ name, subscribers }) => ({ name, subscribers }))).toEqual([
      { name: 'public/list/a', subscribers: 2 },
      { name: 'public/list/b', subscribers: 2 },
    ])
    const [busy, quiet] = channels
    const rate = async () => (await list('?q=public/list/a')).channels[0]?.messagesPerSecond
    await until(async () => (await rate())! > 0, { what: 'its rate is shown' })
    expect(await rate()).toBeLessThanOrEqual(20)
    expect(Math.abs(Date.parse(busy!.lastMessageAt!) - Date.parse(first!.timestamp))).toBeLessThan(2000)
    expect(quiet).toMatchObject({ messagesPerSecond: 0, lastMessageAt: null })
  })

  it('comes page by page, each channel once', async () => {
    await use.publishAll(Array.from({ length: 7 }, (_, i) => ({ channel: `public/pages/${i}` })))
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page: ChannelPage = await list(`?q=public/pages&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`)
      names.push(...page.channels.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(names).toEqual(Array.from({ length: 7 }, (_, i) => `public/pages/${i}`))
  })

  it('refuses a limit out of bounds', async () => {
    for (const path of ['/api/channels', '/api/channels/broadcast/messages', '/api/messages', '/api/logs']) {
      for (const limit of ['0', '501', '-1', '1.5', 'x', '', '1&limit=2']) {
        const { status, body } = await use.as().get(`${path}?limit=${limit}`)
        expect({ path, limit, status, code: body.code }).toEqual({ path, limit, status: 400, code: 'invalid' })
      }
      expect((await use.as().get(`${path}?limit=500`)).status).toBe(200)
    }
  })
})

describe('a channel’s history', () => {
  const path = (channel: string, query = '') => `/api/channels/${encodeURIComponent(channel)}/messages${query}`
  const read = async (channel: string, query = '') => (await use.as().get<Page>(path(channel, query))).body
  const numbersIn = ({ items }: Page) => items.map(({ n }) => n)

  it('comes newest first, before a position, or oldest first after one', async () => {
    const sent = await use.publishAll(numbered('public/history', 6))
    const stream = await use.follow(['public/history'], { lastEventId: sent[4]!.id })
    const frame = await stream.waitFor(({ body }) => body.n === 5)
    const all = await read('public/history')
    expect(numbersIn(all)).toEqual([5, 4, 3, 2, 1, 0])
    expect(all.items[0]).toEqual(frame.body)
    expect(numbersIn(await read('public/history', `?before=${sent[2]!.id}`))).toEqual([1, 0])
    expect(numbersIn(await read('public/history', `?after=${sent[2]!.id}`))).toEqual([3, 4, 5])
    expect(await read('public/history', `?after=${sent[5]!.id}`)).toEqual({ items: [], nextCursor: null })
    expect(await read('public/none')).toEqual({ items: [], nextCursor: null })
    expect(idsOf(stream)).toEqual([sent[5]!.id])
  })

  it('comes page by page, in both directions', async () => {
    const sent = await use.publishAll(numbered('public/leaf', 7))
    for (const [start, wanted] of [
      ['', [6, 5, 4, 3, 2, 1, 0]],
      [`&before=${sent[5]!.id}`, [4, 3, 2, 1, 0]],
      [`&after=${sent[0]!.id}`, [1, 2, 3, 4, 5, 6]],
    ] as const) {
      const numbers: number[] = []
      let cursor: string | null = null
      do {
        const page: Page = await read('public/leaf', `?limit=2${start}${cursor === null ? '' : `&cursor=${cursor}`}`)
        expect(page.items.length).toBeLessThanOrEqual(2)
        numbers.push(...numbersIn(page))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(numbers).toEqual(wanted)
    }
  })

  it('is refused when a position is none, or the name is', async () => {
    const { id } = await use.publish('public/history')
    const bad = ['?before=x', '?after=1', '?cursor=zz', '?before=zzzz.1', `?before=${id}&after=${id}`, '?before=a%00b']
    for (const query of bad) {
      expect((await use.as().get(path('public/history', query))).body, query).toMatchObject({ code: 'invalid' })
    }
    for (const name of ['**', 'a//b', 'ü', 'x'.repeat(201)]) {
      expect((await use.as().get(path(name))).body, name).toMatchObject({ status: 400, code: 'invalid_channel' })
    }
  })

  it('is for whoever may follow the channel', async () => {
    const [nobody, ada] = [use.as(null), use.as(await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'] }))]
    expect((await nobody.get(path('public/history'))).status).toBe(200)
    expect((await nobody.get(path('orders/1'))).body).toMatchObject({ status: 401, code: 'unauthorized' })
    expect((await ada.get(path('orders/1'))).status).toBe(200)
    expect((await ada.get(path('user/ada'))).status).toBe(200)
    for (const channel of ['secret', 'user/bob', 'admin/logs', 'room/r']) {
      const { body } = await ada.get(path(channel))
      expect(body, channel).toMatchObject({ status: 403, code: 'forbidden_channel' })
      expect(body.detail).toContain(channel)
    }
  })
})
