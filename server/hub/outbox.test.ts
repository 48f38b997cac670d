import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Delivery } from './delivery.ts'
import { Outbox } from './outbox.ts'

const message = (offset: number, length = 2) => new Delivery('a', `{"x":"${'x'.repeat(length)}"}`, null, offset, 'e')

/** An outbox whose every write reaches `connections` and takes `tookMs`, and the offsets of each write. */
function startOutbox(connections: number, tookMs: number) {
  const writes: number[][] = []
  const outbox = new Outbox((deliveries) => {
    writes.push(deliveries.map(({ offset }) => offset))
    vi.setSystemTime(Date.now() + tookMs)
    clockMs += tookMs
    return connections
  })
  return { outbox, writes }
}

let clockMs = 0
const wait = (ms: number) => {
  clockMs += ms
  return vi.advanceTimersByTimeAsync(ms)
}

beforeEach(() => {
  clockMs = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.spyOn(performance, 'now').mockImplementation(() => clockMs)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('Outbox', () => {
  it('writes a turn’s messages together when its turn ends', async () => {
    const { outbox, writes } = startOutbox(1000, 4)
    outbox.add([message(1)], [])
    outbox.add([message(2), message(3)], [])
    expect(writes).toEqual([])
    await turn()
    expect(writes).toEqual([[1, 2, 3]])
  })

  it('gathers for as long as the last write took when that went to many connections', async () => {
    const { outbox, writes } = startOutbox(1000, 4)
    outbox.add([message(1)], [])
    await turn()
    outbox.add([message(2)], [])
    await wait(3)
    outbox.add([message(3)], [])
    await turn()
    expect(writes).toEqual([[1]])
    await wait(1)
    expect(writes).toEqual([[1], [2, 3]])
  })

  it('waits no longer than 16 ms when a write took longer', async () => {
    const { outbox, writes } = startOutbox(1000, 90)
    outbox.add([message(1)], [])
    await turn()
    outbox.add([message(2)], [])
    await wait(15)
    expect(writes).toHaveLength(1)
    await wait(1)
    expect(writes).toHaveLength(2)
  })

  it('does not wait when the last write went to few connections', async () => {
    const { outbox, writes } = startOutbox(10, 4)
    outbox.add([message(1)], [])
    await turn()
    outbox.add([message(2)], [])
    await turn()
    expect(writes).toEqual([[1], [2]])
  })

  it('does not wait when the pause is over', async () => {
    const { outbox, writes } = startOutbox(1000, 4)
    outbox.add([message(1)], [])
    await turn()
    await wait(4)
    outbox.add([message(2)], [])
    await turn()
    expect(writes).toEqual([[1], [2]])
  })

  it('does not wait for the end of a pause when much is held', async () => {
    const { outbox, writes } = startOutbox(1000, 4)
    outbox.add([message(1)], [])
    await turn()
    outbox.add([message(2)], [])
    outbox.add([message(3, 40_000)], [])
    await turn()
    expect(writes).toEqual([[1], [2, 3]])
    await wait(20)
    expect(writes).toHaveLength(2)
  })

  it('writes at once and only once when it is flushed in a pause', async () => {
    const { outbox, writes } = startOutbox(1000, 4)
    outbox.pause(10)
    outbox.add([message(1)], [])
    outbox.flush()
    expect(writes).toEqual([[1]])
    await wait(20)
    await turn()
    expect(writes).toHaveLength(1)
  })
})
