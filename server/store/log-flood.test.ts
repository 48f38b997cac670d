import { describe, expect, it } from 'vitest'
import { createFloodControl, type LogEvent } from './log-flood.ts'

const event = (type: string, level: LogEvent['level'] = 'info'): LogEvent => ({ type, level, message: 'Something' })

function admitted(control: ReturnType<typeof createFloodControl>, one: LogEvent, times: number): number {
  return Array.from({ length: times }, () => control.admits(one)).filter(Boolean).length
}

describe('createFloodControl', () => {
  it('writes fifty of a frequent type and sums up the rest when a second brings more', () => {
    const control = createFloodControl()
    expect(admitted(control, event('broadcast'), 1284)).toBe(50)
    expect(control.sums()).toEqual([
      {
        level: 'info',
        type: 'broadcast',
        message: '1,234 more broadcasts within this second',
        data: { count: 1234, summed: true },
      },
    ])
  })

  it('begins anew when the second is over', () => {
    const control = createFloodControl()
    admitted(control, event('connect'), 60)
    control.sums()
    expect(admitted(control, event('connect'), 50)).toBe(50)
    expect(control.sums()).toEqual([])
  })

  it('counts each type by itself', () => {
    const control = createFloodControl()
    expect(admitted(control, event('connect'), 50)).toBe(50)
    expect(admitted(control, event('disconnect'), 50)).toBe(50)
    expect(control.sums()).toEqual([])
  })

  it('writes all of them when they are errors, or of a type that is not frequent', () => {
    const control = createFloodControl()
    expect(admitted(control, event('broadcast', 'error'), 500)).toBe(500)
    expect(admitted(control, event('setting'), 500)).toBe(500)
    expect(admitted(control, event('constructor'), 500)).toBe(500)
    expect(control.sums()).toEqual([])
  })

  it('keeps the graver level when warnings were among those summed up', () => {
    const control = createFloodControl()
    admitted(control, event('refused', 'warn'), 1)
    admitted(control, event('refused'), 60)
    expect(control.sums()).toMatchObject([{ level: 'warn', data: { count: 11 } }])
  })
})
