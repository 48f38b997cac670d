import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ConnectionMirror, createConnectionMirror } from '../../server/store/connections.ts'
import type { ConnectionInfo } from '../../shared/api.ts'
import { describedConnection } from '../support/connection-info.ts'
import { describeStores } from '../support/stores.ts'
import { until } from '../support/until.ts'

describeStores('connection mirror', (database) => {
  const live = new Map<string, ConnectionInfo>()
  let mirror: ConnectionMirror
  let away = false

  beforeEach(() => {
    // The mirror's clock alone: the driver's own timers stay real.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    live.clear()
    away = false
    const db = new Proxy(database().db, {
      get(target, name, receiver) {
        if (away) throw new Error('the database is away')
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    mirror = createConnectionMirror({ db, node: 'n1', log: pino({ level: 'silent' }), snapshot: () => live.values() })
  })
  afterEach(async () => {
    away = false
    await mirror.close()
    vi.useRealTimers()
  })

  function open(id: string, info: Partial<ConnectionInfo> = {}): void {
    const connection = describedConnection({ id, ...info })
    live.set(id, connection)
    mirror.added(connection)
  }

  function drop(id: string): void {
    live.delete(id)
    mirror.removed(id)
  }

  async function rows(): Promise<{ id: string; channels: string[]; messages_sent: number }[]> {
    const { rows } = await database().pool.query('select * from connections order by id')
    return rows as { id: string; channels: string[]; messages_sent: number }[]
  }

  /** Lets ticks pass until the table holds these connections. */
  async function settle(...ids: string[]): Promise<void> {
    const check = async () => {
      vi.advanceTimersByTime(1000)
      return (await rows()).map(({ id }) => id).join() === ids.join()
    }
    await until(check, { deadlineMs: 20_000, what: `the table holds ${ids.join()}` })
  }

  it('shows who came, changed and went', async () => {
    open('a', { name: 'Ada\0', userId: 'ada', channels: ['x', 'y/*'] })
    open('b')
    await settle('a', 'b')
    expect((await rows())[0]).toMatchObject({
      node: 'n1',
      transport: 'sse',
      user_id: 'ada',
      name: 'Ada\uFFFD',
      ip: '192.0.2.1',
      user_agent: 'test',
      channels: ['x', 'y/*'],
      connected_at: new Date('2026-11-20T22:24:00.123Z'),
      last_position: 'e.0',
    })
    open('a', { channels: ['z'] })
    drop('b')
    await settle('a')
    expect((await rows())[0]!.channels).toEqual(['z'])
  })

  it('writes more than a batch when many come at once', async () => {
    const ids = Array.from({ length: 1203 }, (_, i) => `c${String(i).padStart(4, '0')}`)
    for (const id of ids) open(id)
    await settle(...ids)
    for (const id of ids.slice(1)) drop(id)
    await settle(ids[0]!)
  })

  it('brings counters up to date when messages were sent', async () => {
    open('a')
    open('b')
    await settle('a', 'b')
    live.set('a', { ...live.get('a')!, messagesSent: 7, bytesSent: 9_000_000_000, lastPosition: 'e.7' })
    await until(async () => {
      vi.advanceTimersByTime(1000)
      return (await rows())[0]!.messages_sent === 7
    })
    expect(await rows()).toMatchObject([{ bytes_sent: 9_000_000_000, last_position: 'e.7' }, { messages_sent: 0 }])
  })

  it('is in line with what is open when the database comes back', async () => {
    open('a')
    open('b')
    await settle('a', 'b')
    away = true
    open('c')
    vi.advanceTimersByTime(1000)
    drop('a')
    drop('c')
    open('d')
    vi.advanceTimersByTime(1000)
    expect((await rows()).map(({ id }) => id)).toEqual(['a', 'b'])
    away = false
    await settle('b', 'd')
  })

  it('clears what lost nodes left behind, and at its end its own rows', async () => {
    const insert = `insert into connections (id, node, transport, ip, user_agent, channels, connected_at, last_position)
      values ($1, $2, 'sse', '', '', '[]', now(), 'e.0')`
    await database().pool.query(insert, ['left', 'n0'])
    await database().pool.query(insert, ['other', 'n2'])
    open('a')
    await settle('a', 'left', 'other')
    await mirror.cleanOthers(['n2'])
    expect((await rows()).map(({ id }) => id)).toEqual(['a', 'other'])
    await mirror.close()
    expect((await rows()).map(({ id }) => id)).toEqual(['other'])
  })
})
