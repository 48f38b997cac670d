import { describe, expect, it } from 'vitest'
import { fitData } from './log-data.ts'

const bytes = (data: unknown) => Buffer.byteLength(JSON.stringify(data))

describe('fitData', () => {
  it('leaves plain data as it is', () => {
    const data = { count: 3, ok: true, list: ['a', null], inner: { x: 1.5 } }
    expect(fitData(data)).toEqual(data)
    expect(fitData(undefined)).toBeNull()
  })

  it('replaces what jsonb refuses, in keys and values', () => {
    expect(fitData({ 'a\0': 'b\0c', half: '\uD83D', whole: '😀' })).toEqual({
      'a\uFFFD': 'b\uFFFDc',
      half: '\uFFFD',
      whole: '😀',
    })
  })

  it('hides secrets when a field is named after one, at any depth', () => {
    const data = {
      key: 'guest_rooms',
      headers: { Authorization: 'Bearer x' },
      sessionToken: 't',
      list: [{ passcode: 1 }],
    }
    expect(fitData(data)).toEqual({
      key: 'guest_rooms',
      headers: { Authorization: '[redacted]' },
      sessionToken: '[redacted]',
      list: [{ passcode: '[redacted]' }],
    })
  })

  it('turns into text what JSON cannot hold', () => {
    const at = new Date('2026-11-20T22:24:00.123Z')
    const data = { big: 12n, at, never: new Date(NaN), err: new Error('broken'), gone: undefined }
    expect(fitData(data)).toEqual({ big: '12', at: at.toISOString(), never: null, err: 'broken' })
  })

  it('ends when data refers to itself', () => {
    const data: Record<string, unknown> = { name: 'loop' }
    data.self = data
    expect(bytes(fitData(data))).toBeLessThan(4096)
  })

  it.each([
    ['a long text', { text: 'x'.repeat(100_000) }],
    ['many items', { items: Array.from({ length: 10_000 }, (_, i) => `item ${i}`) }],
    [
      'many long keys',
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}`.repeat(300), '😀'.repeat(300)])),
    ],
  ])('stays within 4 KiB when there is %s', (_what, data) => {
    expect(bytes(fitData(data))).toBeLessThanOrEqual(4096)
  })
})
