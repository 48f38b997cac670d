import { describe, expect, it } from 'vitest'
import type { Message } from '../../../shared/protocol.ts'
import { archiveMatcher, archiveQuery, type ArchiveSearch } from './archive.ts'

const NOTHING: ArchiveSearch = { typed: '', channel: '', type: '', from: '', since: '', until: '' }
const MESSAGE: Message = {
  id: 'k3f9.7',
  channel: 'orders/7',
  type: 'order_paid',
  timestamp: '2026-11-20T22:24:00.123Z',
  from: 'ada',
  total: 49,
  customer: { name: 'Ada', tags: ['new', 'red'] },
}

describe('archiveQuery', () => {
  it('asks for text and fields apart when both are typed into one box', () => {
    const query = archiveQuery({ ...NOTHING, typed: 'paid total>=40 customer.name:Ada', channel: 'orders/*' })
    expect([...query]).toEqual([
      ['q', 'paid'],
      ['channel', 'orders/*'],
      ['field', 'total>=40'],
      ['field', 'customer.name=Ada'],
    ])
  })
})

describe('archiveMatcher', () => {
  it.each<[Partial<ArchiveSearch>, boolean]>([
    [{}, true],
    [{ typed: 'ORDER_PAID' }, true],
    [{ typed: 'total:49' }, true],
    [{ typed: 'total:50' }, false],
    [{ typed: 'total>48 total<50' }, true],
    [{ typed: 'customer.tags:red' }, true],
    [{ typed: 'customer.tags.0:red' }, false],
    [{ typed: 'nothing:*' }, false],
    [{ typed: 'customer:*' }, true],
    [{ channel: 'orders/*' }, true],
    [{ channel: 'news' }, false],
    [{ type: 'order' }, false],
    [{ from: 'bob' }, false],
    [{ since: '2026-11-21T01:24:00.123+03:00' }, true],
    [{ until: '2026-11-20T22:24:00.122Z' }, false],
  ])('tells by %j whether it is found: %s', (part, found) => {
    expect(archiveMatcher({ ...NOTHING, ...part })(MESSAGE)).toBe(found)
  })

  it('does not find what is not kept', () => {
    const { id: _id, ...ephemeral } = MESSAGE
    expect(archiveMatcher(NOTHING)(ephemeral as Message)).toBe(false)
  })
})
