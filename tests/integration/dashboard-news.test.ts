import { describe, expect, it } from 'vitest'
import type { ChannelDetail } from '../../shared/api.ts'
import type { ChannelsNews, ConnectionsNews, ConnectionWatch, SentFrame } from '../../shared/dashboard.ts'
import type { EventStream } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const key = () => ({ token: use.server.apiKey })

function newsOf<T>(stream: EventStream, type: string): T[] {
  return stream.frames.filter(({ body }) => body.type === type).map(({ body }) => body as T)
}

describe('what the dashboard is told of connections', () => {
  it('says once a second who came, changed, was sent something and went', async () => {
    const admin = await use.follow(['admin/connections'], key())
    const user = await use.follow(['broadcast'])
    const id = user.connectionId
    const news = () => newsOf<ConnectionsNews>(admin, 'connections_news')
    await until(() => news().some(({ opened }) => opened.some((one) => one.id === id)))
    expect((await use.as().patch(`/api/connections/${id}`, { subscribe: ['public/a'] })).status).toBe(200)
    const changed = await until(() =>
      news()
        .flatMap((one) => one.changed)
        .find((one) => one.id === id),
    )
    expect(changed.channels).toEqual(['broadcast', 'public/a'])
    await use.publish('broadcast', { text: 'hello' })
    const figures = await until(() =>
      news()
        .flatMap((one) => one.figures)
        .find(([one, messages]) => one === id && messages === 1),
    )
    expect(figures[2]).toBeGreaterThan(0)
    user.close()
    await until(() => news().some(({ closed }) => closed.some((one) => one.id === id && one.reason === 'closed')))
  })

  it('shows what is sent to one connection while it is watched, and nothing of what others say in private', async () => {
    const user = await use.follow(['broadcast'])
    const watch = `admin/connections/${user.connectionId}`
    const admin = await use.follow([watch], key())
    // Two that watch each other do not tell each other of it without end.
    const other = await use.follow([`admin/connections/${admin.connectionId}`], key())
    await use.as().patch(`/api/connections/${admin.connectionId}`, {
      subscribe: [`admin/connections/${other.connectionId}`],
    })
    const watched = () =>
      newsOf<ConnectionWatch>(admin, 'connection_watch').filter((one) => one.connection.id === user.connectionId)
    const sent = () => watched().flatMap((one): SentFrame[] => one.sent)
    await until(() => watched().length > 0)
    const { id } = await use.publish('broadcast', { text: 'seen' })
    await use.publish(`connection/${user.connectionId}`, { text: 'to you alone' })
    const frame = await until(() => sent().find((one) => one.frame?.text === 'seen'))
    expect(frame.frame).toMatchObject({ id, channel: 'broadcast', text: 'seen' })
    await until(() => sent().some((one) => one.frame?.text === 'to you alone'))
    expect(watched().at(-1)).toMatchObject({ behind: 0, replaying: false })
    expect(sent().some((one) => String(one.frame?.channel).startsWith('admin/connections/'))).toBe(false)
    const frames = newsOf<ConnectionWatch>(other, 'connection_watch').flatMap((one) => one.sent)
    expect(frames.every((one) => !String(one.frame?.channel).startsWith('admin/connections/'))).toBe(true)
  })

  it('is for admins alone', async () => {
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['**'] })
    const stream = await use.open({ channels: ['admin/connections/x'], token })
    expect(stream.status).toBe(403)
  })

  it('disconnects many at once, each told not to come again', async () => {
    const users = [await use.follow(['broadcast']), await use.follow(['broadcast'])]
    const ids = [...users.map((user) => user.connectionId), 'nobody', users[0]!.connectionId]
    const { body } = await use.as().post<{ disconnected: number }>('/api/connections/disconnect', { ids })
    expect(body).toEqual({ disconnected: 2 })
    for (const user of users) {
      const { body } = await user.waitFor((frame) => frame.body.type === 'disconnect')
      expect(body).toMatchObject({ reason: 'kicked', reconnect: false })
    }
  })
})

describe('what the dashboard is told of channels', () => {
  it('says what is different, once a second', async () => {
    const admin = await use.follow(['admin/channels'], key())
    const user = await use.follow(['public/busy'])
    const news = () => newsOf<ChannelsNews>(admin, 'channels_news').flatMap((one) => one.channels)
    const find = (subscribers: number, messages: boolean) => () =>
      news().find((one) => {
        return one.name === 'public/busy' && one.subscribers === subscribers && one.messagesPerSecond > 0 === messages
      })
    await until(find(1, false))
    await use.publish('public/busy', { text: 'hello' })
    const busy = await until(find(1, true))
    expect(busy.bytesPerSecond).toBeGreaterThan(busy.messagesPerSecond * 50)
    user.close()
    await until(() => find(0, true)() ?? find(0, false)())
  })

  it('tells of one channel who would get a message, and what is kept of it', async () => {
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['team/**'] })
    await use.follow(['team/one'], { token })
    await use.follow(['team/*'], { token })
    await use.publish('team/one', { text: 'kept' })
    const { body } = await use.as().get<ChannelDetail>('/api/channels/team%2Fone')
    expect(body).toMatchObject({ name: 'team/one', subscribers: 2, kept: { messages: 1 } })
    expect(body.kept.bytes).toBeGreaterThan(50)
    expect(body.audience).toEqual({ byName: 1, byPattern: 1, users: 1, byTransport: { sse: 2 }, names: ['ada'] })
    const list = await use.as().get<{ channels: { name: string; kept: unknown }[] }>('/api/channels?kept=1&q=team/one')
    expect(list.body.channels).toMatchObject([{ name: 'team/one', kept: body.kept }])
    const nobody = await use.as().get<ChannelDetail>('/api/channels/never%2Fused')
    expect(nobody.body).toMatchObject({ subscribers: 0, lastMessageAt: null, kept: { messages: 0, since: null } })
    expect((await use.as().get('/api/channels/not%20one')).status).toBe(400)
  })
})
