import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newMessage, turn } from '../../tests/support/hub.ts'
import { type Fate, LogDatabase } from '../../tests/support/log-database.ts'
import type { Position } from '../../shared/protocol.ts'
import type { Append, Broker, LogEntry } from './broker.ts'
import { createLocalBroker } from './local.ts'

const append = (...numbers: number[]): Append => ({
  messages: numbers.map((n) => newMessage('a', n)),
  idempotent: null,
})
const numberOf = (body: string) => (JSON.parse(body) as { n: number }).n

let database: LogDatabase
let broker: Broker
let entries: LogEntry[]
let heads: Position[]

beforeEach(async () => {
  // Pauses between tries pass by themselves; turns of the event loop stay real.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: false })
  database = new LogDatabase()
  broker = createLocalBroker(database.pool, pino({ level: 'silent' }))
  entries = []
  heads = []
  await broker.start({ onHead: (head) => heads.push(head), onEntries: (some) => entries.push(...some) })
})
afterEach(async () => {
  await broker.close()
  vi.useRealTimers()
})

const numbers = () => entries.map(({ body }) => numberOf(body))
const offsets = () => entries.map(({ offset }) => offset)
const outcome = (promise: Promise<number>) => promise.catch((error: { code?: string }) => error.code)

/** Lets the broker find out what became of its last commit. */
async function recovered(): Promise<void> {
  for (let i = 0; i < 20 && !broker.ok(); i++) {
    await vi.advanceTimersByTimeAsync(1000)
    await turn()
  }
  expect(broker.ok()).toBe(true)
}

describe('append', () => {
  it('shares a commit among the appends of one tick and answers each with its first offset', async () => {
    expect(await Promise.all([broker.append(append(1, 2)), broker.append(append(3))])).toEqual([1, 3])
    expect(database.commits.length).toBe(1)
    expect(numbers()).toEqual([1, 2, 3])
    expect(offsets()).toEqual([1, 2, 3])
  })

  it('hands entries out before it resolves, with their source', async () => {
    const wanted = append(1)
    let handedOut = 0
    await broker.append(wanted).then(() => (handedOut = entries.length))
    expect(handedOut).toBe(1)
    expect(entries[0]!.source).toBe(wanted.messages[0])
  })

  it('goes on where the log stands when it starts', async () => {
    database.write('a', newMessage('a', 7).body)
    const next = createLocalBroker(database.pool, pino({ level: 'silent' }))
    await next.start({ onHead: (head) => heads.push(head), onEntries: (some) => entries.push(...some) })
    expect(heads.at(-1)).toEqual({ epoch: 'e', offset: 1 })
    expect(await next.append(append(8))).toBe(2)
    expect(numbers()).toEqual([8])
    await next.close()
  })

  it('keeps the order of all appends when they come while commits run', async () => {
    const answers: Promise<number>[] = []
    for (let n = 1; n <= 30; n++) {
      answers.push(broker.append(append(n)))
      if (n % 3 === 0) await turn()
    }
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(numbers()).toEqual(database.rows.map(({ body }) => numberOf(body)))
    expect(database.commits.flat().length).toBe(30)
    expect(database.connections).toBe(1)
  })

  it('hands out what another process wrote, in its place', async () => {
    await broker.append(append(1))
    database.write('b', newMessage('b', 2).body)
    expect(await broker.append(append(3))).toBe(3)
    expect(numbers()).toEqual([1, 2, 3])
    expect(entries.map(({ source }) => source !== null)).toEqual([true, false, true])
  })
})

describe('a commit that fails', () => {
  it('refuses the whole group with unavailable and hands nothing out when it was not written', async () => {
    database.fates.push('failed')
    const answers = [broker.append(append(1, 2)), broker.append(append(3))].map(outcome)
    expect(await Promise.all(answers)).toEqual(['unavailable', 'unavailable'])
    await recovered()
    expect(entries).toEqual([])
    expect(await broker.append(append(4))).toBe(1)
    expect(numbers()).toEqual([4])
    expect(database.connections).toBe(2)
  })

  it('hands it out later, once and in order, when it was written after all', async () => {
    await broker.append(append(1))
    database.fates.push('answer lost')
    expect(await outcome(broker.append(append(2, 3)))).toBe('unavailable')
    await recovered()
    expect(numbers()).toEqual([1, 2, 3])
    expect(await broker.append(append(4))).toBe(4)
    expect(numbers()).toEqual([1, 2, 3, 4])
    expect(offsets()).toEqual([1, 2, 3, 4])
  })

  it('hands it out before what follows when it was written only after the log had been asked', async () => {
    database.fates.push('failed')
    expect(await outcome(broker.append(append(1)))).toBe('unavailable')
    await recovered()
    database.write('a', newMessage('a', 1).body)
    expect(await broker.append(append(2))).toBe(2)
    expect(numbers()).toEqual([1, 2])
  })

  it('refuses what waits and what comes while its fate is unknown, and takes appends again afterwards', async () => {
    database.away = true
    database.fates.push('failed')
    const first = outcome(broker.append(append(1)))
    database.gate = turn
    await turn()
    const waiting = outcome(broker.append(append(2)))
    expect(await Promise.all([first, waiting])).toEqual(['unavailable', 'unavailable'])
    expect(broker.ok()).toBe(false)
    expect(await outcome(broker.append(append(3)))).toBe('unavailable')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(broker.ok()).toBe(false)
    database.away = false
    await recovered()
    expect(await broker.append(append(4))).toBe(1)
    expect(numbers()).toEqual([4])
  })

  it('counts as of unknown fate when the database gives no answer for ten seconds', async () => {
    database.gate = (kind) => (kind === 'append' ? new Promise(() => undefined) : Promise.resolve())
    const answer = outcome(broker.append(append(1)))
    await turn()
    await vi.advanceTimersByTimeAsync(9999)
    expect(broker.ok()).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toBe('unavailable')
    database.gate = () => Promise.resolve()
    await recovered()
    expect(await broker.append(append(2))).toBe(1)
  })

  it('loses, doubles and reorders nothing whatever fates the commits have', async () => {
    const fates: Fate[] = ['answered', 'answer lost', 'failed', 'answer lost', 'answered', 'failed', 'answered']
    database.fates.push(...fates)
    const accepted: number[] = []
    for (let n = 1; n <= 40; n++) {
      await recovered()
      const sent = [n * 10, n * 10 + 1].map((m) =>
        broker.append(append(m)).then(
          () => accepted.push(m),
          () => undefined,
        ),
      )
      await Promise.all(sent)
    }
    await recovered()
    expect(numbers()).toEqual(database.rows.map(({ body }) => numberOf(body)))
    expect(offsets()).toEqual(database.rows.map((row) => row.log_offset))
    expect(accepted.length).toBe(40 * 2 - 4 * 2)
    for (const n of accepted) expect(numbers().filter((m) => m === n).length).toBe(1)
  })
})

describe('a log that changed under it', () => {
  it('tells the new head when the epoch was replaced', async () => {
    await broker.append(append(1))
    database.epoch = 'f'
    database.write('a', newMessage('a', 2).body)
    expect(await broker.append(append(3))).toBe(3)
    expect(heads.at(-1)).toEqual({ epoch: 'f', offset: 2 })
    expect(numbers()).toEqual([1, 3])
  })

  it('tells a new head when what it has to hand out was trimmed already', async () => {
    await broker.append(append(1))
    database.fates.push('answer lost')
    await outcome(broker.append(append(2, 3, 4)))
    database.trim(3)
    await recovered()
    expect(heads.at(-1)).toEqual({ epoch: 'e', offset: 3 })
    expect(offsets()).toEqual([1, 4])
  })
})

describe('an older copy of the log in its place', () => {
  it('gets an epoch of its own before anything is handed out of it when the next append finds it', async () => {
    await broker.append(append(1, 2, 3))
    database.goBackTo(1)
    expect(await broker.append(append(4))).toBe(2)
    expect(database.epoch).not.toBe('e')
    expect(heads.at(-1)).toEqual({ epoch: database.epoch, offset: 1 })
    expect(numbers()).toEqual([1, 2, 3, 4])
  })

  it('gets an epoch of its own when a look at the log finds it', async () => {
    await broker.append(append(1, 2, 3))
    database.goBackTo(2)
    await broker.catchUp()
    expect(heads.at(-1)).toEqual({ epoch: database.epoch, offset: 2 })
    expect(database.epoch).not.toBe('e')
  })
})

describe('catchUp', () => {
  it('hands out all that is in the log, once, however many ask for it', async () => {
    database.write('a', newMessage('a', 1).body)
    await Promise.all([broker.catchUp(), broker.catchUp()])
    expect(numbers()).toEqual([1])
    database.write('a', newMessage('a', 2).body)
    await broker.catchUp()
    expect(numbers()).toEqual([1, 2])
  })

  it('rejects while the log is away, and goes on afterwards', async () => {
    database.away = true
    await expect(broker.catchUp()).rejects.toThrow('away')
    database.away = false
    database.write('a', newMessage('a', 1).body)
    await broker.catchUp()
    expect(await broker.append(append(2))).toBe(2)
    expect(numbers()).toEqual([1, 2])
  })
})

describe('close', () => {
  it('makes durable what was accepted, then takes nothing more', async () => {
    const answers = [broker.append(append(1)), broker.append(append(2))]
    await broker.close()
    expect(await Promise.all(answers)).toEqual([1, 2])
    expect(broker.ok()).toBe(false)
    expect(await outcome(broker.append(append(3)))).toBe('unavailable')
  })

  it('stays closed when the log answers only afterwards', async () => {
    let answer: () => void = () => undefined
    database.gate = (kind) => (kind === 'read' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve())
    database.fates.push('failed')
    await outcome(broker.append(append(1)))
    await broker.close()
    for (let i = 0; i < 5; i++) {
      answer()
      await turn()
    }
    expect(broker.ok()).toBe(false)
  })
})
