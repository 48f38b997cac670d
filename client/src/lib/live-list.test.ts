import { describe, expect, it } from 'vitest'
import { createLiveList } from './live-list.ts'

interface Row {
  id: string
  n: number
}

function listOf() {
  let flush = () => {}
  const list = createLiveList<Row>(
    (row) => row.id,
    (next) => (flush = next),
  )
  return { list, flush: () => flush(), ids: () => list.view.rows.map(({ id }) => id) }
}
const row = (id: string, n = 0): Row => ({ id, n })

describe('a live list', () => {
  it('shows nothing before all of it is there', () => {
    const { list, flush, ids } = listOf()
    const fetched = list.begin()
    fetched.page([row('a')])
    flush()
    expect([list.view.known, ids()]).toEqual([false, []])
    fetched.page([row('b')])
    fetched.done()
    expect([list.view.known, ids()]).toEqual([true, ['a', 'b']])
  })

  it('does not bring back who went while a page was on its way', () => {
    const { list, ids } = listOf()
    const fetched = list.begin()
    list.put([row('new')])
    list.drop(['gone'])
    fetched.page([row('a'), row('gone')])
    fetched.done()
    expect(ids()).toEqual(['new', 'a'])
  })

  it('forgets who was not found again when it is fetched anew', () => {
    const { list, ids } = listOf()
    const first = list.begin()
    first.page([row('a'), row('b')])
    first.done()
    const second = list.begin()
    second.page([row('b', 2)])
    expect(ids()).toEqual(['a', 'b'])
    second.done()
    expect(list.view.rows).toEqual([row('b', 2)])
  })

  it('keeps its array when rows were changed in place, so that nothing is sorted anew', () => {
    const { list, flush } = listOf()
    const fetched = list.begin()
    fetched.page([row('a')])
    fetched.done()
    flush()
    const { rows, version } = list.view
    list.find('a')!.n = 7
    list.touch()
    flush()
    expect(list.view.rows).toBe(rows)
    expect(list.view.version).toBe(version + 1)
    list.resettle()
    flush()
    expect(list.view.rows).not.toBe(rows)
  })

  it('keeps what it has when fetching anew fails, and hears no more of a fetch that was overtaken', () => {
    const { list, ids } = listOf()
    const first = list.begin()
    first.page([row('a')])
    first.done()
    const slow = list.begin()
    const failing = list.begin()
    failing.fail(new Error('away'))
    slow.page([row('late')])
    slow.done()
    expect(ids()).toEqual(['a'])
    expect(list.view.state.status).toBe('failed')
  })
})
