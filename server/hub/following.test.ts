import { afterEach, describe, expect, it } from 'vitest'
import { startHub, type TestHub } from '../../tests/support/hub.ts'

let test: TestHub
afterEach(() => test.hub.stop())

describe('change', () => {
  it('changes what comes from then on', async () => {
    test = await startHub()
    const { sink, connection } = test.connect({ channels: ['a', 'b/*'] })
    test.hub.following.change(connection, ['c', 'd/**'], ['a', 'never followed'])
    for (const [i, channel] of ['a', 'b/1', 'c', 'd/1'].entries()) await test.publish(channel, i)
    expect(sink.numbers).toEqual([1, 2, 3])
    expect([...connection.channels]).toEqual(['b/*', 'c', 'd/**'])
  })

  it('takes no channel away that the connection has of itself', async () => {
    test = await startHub()
    const { sink, connection } = test.connect({ ownChannels: ['user/me'] })
    test.hub.following.change(connection, ['user/me'], [])
    test.hub.following.change(connection, [], ['user/me'])
    await test.publish('user/me', 1)
    expect(sink.numbers).toEqual([1])
  })

  it('subscribes nobody when the connection has gone', async () => {
    test = await startHub()
    const { connection } = test.connect()
    test.hub.remove(connection, 'closed')
    test.hub.following.change(connection, ['a', '**'], [])
    expect(test.hub.publisher.hasListeners('a')).toBe(false)
  })
})
