import { describe, expect, it } from 'vitest'
import { checkPublish, type PublishDraft } from './check-publish.ts'

const NOW = Date.parse('2026-11-21T10:00:00.000Z')
const DRAFT: PublishDraft = { channel: 'orders/7', content: '{"total": 49}', ephemeral: false, deliverAt: null }
const check = (part: Partial<PublishDraft>) => checkPublish({ ...DRAFT, ...part }, NOW)

describe('checkPublish', () => {
  it('lets a draft go when nothing is wrong with it', () => {
    expect(check({ channel: ' orders/7 ' })).toMatchObject({ isReady: true, message: { total: 49 }, deliverAt: null })
    const later = check({ deliverAt: '2026-11-21T11:00:00.000Z' })
    expect(later).toMatchObject({ isReady: true, deliverAt: '2026-11-21T11:00:00.000Z' })
    expect(check({ channel: 'admin' }).isReady).toBe(true)
  })

  it.each<[Partial<PublishDraft>, object]>([
    [{ channel: 'not one' }, { channel: 'bad' }],
    [{ channel: 'admin/stats' }, { channel: 'closed' }],
    [{ content: '[]' }, { content: { kind: 'not_object' } }],
    [{ content: '{"a": }' }, { content: { kind: 'json', line: 1, column: 7 } }],
    [{ content: '{"type": "connected"}' }, { content: { kind: 'reserved', type: 'connected' } }],
    [{ content: '{"channel": "a"}' }, { content: { kind: 'own_channel' } }],
    [{ deliverAt: '2026-11-21T09:59:59.000Z' }, { time: 'bad', deliverAt: null }],
    [{ deliverAt: '2027-01-21T10:00:00.000Z' }, { time: 'bad' }],
    [{ deliverAt: '' }, { time: 'bad' }],
    [{ deliverAt: '2026-11-21T11:00:00.000Z', ephemeral: true }, { time: 'ephemeral' }],
  ])('holds a draft back when it is wrong: %j', (part, wrong) => {
    const checked = check(part)
    expect(checked).toMatchObject(wrong)
    expect(checked.isReady).toBe(false)
  })
})
