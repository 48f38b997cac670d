import type pg from 'pg'
import { expect, it } from 'vitest'
import { newMessage } from '../../tests/support/hub.ts'
import type { Waiting } from './group-commit.ts'
import { LogWriter } from './log-writer.ts'

const waiting: Waiting = {
  messages: [newMessage('a', 1)],
  idempotent: null,
  resolve: () => undefined,
  reject: () => undefined,
}

/** A writer over a database that answers named statements as `named` says, and the names it was sent. */
function writerOver(named: () => Error | null) {
  const names: (string | undefined)[] = []
  const query = async ({ name }: pg.QueryConfig) => {
    names.push(name)
    const error = name === undefined ? null : named()
    if (error !== null) throw error
    return { rows: [{ epoch: 'e', before: 7 }] }
  }
  const connect = async () => ({ query, on: () => undefined, release: () => undefined })
  const writer = new LogWriter({ connect } as unknown as pg.Pool, true)
  return { writer, names }
}

it('lets the database know its statement again by one name', async () => {
  const { writer, names } = writerOver(() => null)
  await writer.write([waiting])
  await writer.write([waiting])
  expect(names[0]).toMatch(/^append_/)
  expect(names[1]).toBe(names[0])
})

it.each(['26000', '42P05'])(
  'goes on without a name, losing nothing, when a session does not know it (%s)',
  async (code) => {
    const { writer, names } = writerOver(() => Object.assign(new Error('prepared statement'), { code }))
    expect(await writer.write([waiting])).toEqual({ epoch: 'e', offset: 7 })
    expect(await writer.write([waiting])).toEqual({ epoch: 'e', offset: 7 })
    expect(names).toEqual([expect.stringMatching(/^append_/), undefined, undefined])
  },
)

it('rejects when the statement itself fails', async () => {
  const { writer, names } = writerOver(() => Object.assign(new Error('disk full'), { code: '53100' }))
  await expect(writer.write([waiting])).rejects.toThrow('disk full')
  expect(names).toHaveLength(1)
})
