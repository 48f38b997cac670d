import { describe, expect, it } from 'vitest'
import type { Member } from '../../shared/protocol.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'
import { joinSocket, type WsClient, type WsFrame } from '../support/ws.ts'

const use = useServer()

const tokenOf = (sub: string) => use.tokenFor({ sub, subscribe: ['chat/*'] })

/** Comings and goings that a client was told of, as `+ada` and `-ada`. */
function news(frames: readonly WsFrame[]): string[] {
  return frames.flatMap(({ type, member }) => {
    const { userId, connectionId } = (member ?? {}) as Member
    if (type === 'presence_join') return [`+${userId ?? connectionId}`]
    return type === 'presence_leave' ? [`-${userId ?? connectionId}`] : []
  })
}

async function membersOf(client: WsClient, channel: string): Promise<Member[]> {
  return (await client.ask({ type: 'presence', channel }))['members'] as Member[]
}

describe('presence', () => {
  it('shows a user with three tabs once, who comes with the first and goes with the last', async () => {
    const watcher = await joinSocket(use.server, `/ws/chat/1?presence=1&token=${await tokenOf('bob')}`)
    const token = await tokenOf('ada')
    const tabs = [
      await joinSocket(use.server, `/ws/chat/1?token=${token}`),
      await joinSocket(use.server, `/ws/chat/1?token=${token}`),
    ]
    const stream = await use.follow(['chat/1'], { token })
    const ids = [...tabs.map(({ connectionId }) => connectionId), stream.connectionId]
    const members = await membersOf(watcher, 'chat/1')
    expect(members).toEqual([
      {
        connectionId: watcher.connectionId,
        userId: 'bob',
        joinedAt: expect.any(String),
        connections: [watcher.connectionId],
      },
      { connectionId: ids[0], userId: 'ada', joinedAt: expect.any(String), connections: ids },
    ])
    await watcher.waitFor({ type: 'presence_join', channel: 'chat/1' })
    tabs[0]!.ws.close()
    stream.close()
    await until(async () => (await membersOf(watcher, 'chat/1'))[1]?.connections.length === 1)
    expect(news(watcher.frames)).toEqual(['+ada'])
    // Cut without a word.
    tabs[1]!.ws.terminate()
    await watcher.waitFor({ type: 'presence_leave', channel: 'chat/1' })
    expect(news(watcher.frames)).toEqual(['+ada', '-ada'])
    expect(await membersOf(watcher, 'chat/1')).toHaveLength(1)
  })

  it('is told to streams that ask for it, as events without a place in the log', async () => {
    const stream = await use.follow(['public/p'], { query: { presence: '1' } })
    const silent = await use.follow(['public/p'])
    const client = await joinSocket(use.server, '/ws/public/p')
    const join = await stream.waitFor(({ body }) => (body.member as Member)?.connectionId === client.connectionId)
    expect(join.body).toMatchObject({ type: 'presence_join', channel: 'public/p' })
    expect(join.body).not.toHaveProperty('id')
    client.ws.close()
    await stream.waitFor(({ body }) => body.type === 'presence_leave')
    expect(silent.frames.filter(({ body }) => String(body.type).startsWith('presence'))).toEqual([])
  })

  it('is turned on and off with a subscription', async () => {
    const watcher = await joinSocket(use.server)
    await watcher.ask({ type: 'subscribe', channel: 'public/x', presence: true })
    const first = await joinSocket(use.server, '/ws/public/x')
    await watcher.waitFor({ type: 'presence_join' })
    await watcher.ask({ type: 'subscribe', channel: 'public/x', presence: false })
    await joinSocket(use.server, '/ws/public/x')
    first.ws.close()
    await until(async () => (await membersOf(watcher, 'public/x')).length === 2)
    expect(news(watcher.frames)).toEqual([`+${first.connectionId}`])
  })

  it('is shown in pages to whoever may subscribe, and to nobody else', async () => {
    for (const sub of ['ada', 'bob', 'eve']) await joinSocket(use.server, `/ws/chat/2?token=${await tokenOf(sub)}`)
    const path = '/api/channels/chat%2F2/presence'
    const get = async (token: string | null, query = '') =>
      use.as(token).get<{ members: Member[]; nextCursor: string | null; total: number; code: string }>(path + query)
    expect((await get(null)).body).toMatchObject({ code: 'unauthorized' })
    const stranger = await use.tokenFor({ sub: 'mallory', subscribe: ['other/*'] })
    expect((await get(stranger)).body).toMatchObject({ code: 'forbidden_channel' })
    const { body: page } = await get(await tokenOf('ada'), '?limit=2')
    expect(page).toMatchObject({ members: [{ userId: 'ada' }, { userId: 'bob' }], total: 3 })
    const { body: rest } = await get(await tokenOf('ada'), `?limit=2&cursor=${page.nextCursor}`)
    expect(rest).toMatchObject({ members: [{ userId: 'eve' }], nextCursor: null })
    expect((await use.as().get('/api/channels/a%20b/presence')).status).toBe(400)
  })

  it('gives nobody the id by which an anonymous stream could be changed', async () => {
    const stream = await use.follow(['public/secret'])
    const client = await joinSocket(use.server, '/ws/public/secret')
    const members = await membersOf(client, 'public/secret')
    expect(members.map(({ connectionId }) => connectionId)).toEqual([expect.any(String), client.connectionId])
    expect(JSON.stringify(members)).not.toContain(stream.connectionId)
    const change = { unsubscribe: ['public/secret'] }
    // The id that is shown opens nothing, and one that talks for itself is changed by nobody else.
    expect((await use.as(null).patch(`/api/connections/${members[0]!.connectionId}`, change)).status).toBe(404)
    expect((await use.as(null).patch(`/api/connections/${client.connectionId}`, change)).status).toBe(401)
    const { body } = await use.as().get<{ members: Member[] }>('/api/channels/public%2Fsecret/presence')
    expect(body.members[0]?.connectionId).toBe(stream.connectionId)
  })

  it('holds nobody any more after a crash, or after a drain', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const clients = [
        await joinSocket(use.server, '/ws/public/ghost'),
        await joinSocket(use.server, '/ws/public/ghost'),
      ]
      await use.server.restart({ signal })
      await Promise.all(clients.map(({ closed }) => closed))
      const { body } = await use.as().get('/api/channels/public%2Fghost/presence')
      expect(body, signal).toEqual({ members: [], total: 0, nextCursor: null })
    }
  })
})
