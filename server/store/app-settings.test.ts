import { describe, expect, it } from 'vitest'
import { YayinError } from '../../shared/errors.ts'
import { checkAppSetting, isAppKey } from './app-settings.ts'

function refusal(key: string, value: unknown): YayinError {
  try {
    checkAppSetting(key, value)
  } catch (error) {
    if (error instanceof YayinError) return error
    throw error
  }
  throw new Error('it was taken')
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)]
}

describe('isAppKey', () => {
  it.each(['app.a', 'app.theme.dark_2-x', `app.${'a'.repeat(100)}`])('takes %s', (key) => {
    expect(isAppKey(key)).toBe(true)
  })

  it.each(['app.', 'app', 'apps.a', 'app.a b', 'app.ş', `app.${'a'.repeat(101)}`, 'app.a\n'])('refuses %j', (key) => {
    expect(isAppKey(key)).toBe(false)
  })
})

describe('checkAppSetting', () => {
  it('returns the value when it is JSON of any kind', () => {
    for (const value of [null, false, 0, '', [], {}, { a: [1, { b: null }] }]) {
      expect(checkAppSetting('app.x', value)).toBe(value)
    }
  })

  it('names the known keys when the key is unknown', () => {
    const { code, message } = refusal('max_connectoins', 1)
    expect(code).toBe('unknown_setting')
    expect(message).toContain('max_connectoins')
    expect(message).toContain('max_connections')
    expect(message).toContain('app.*')
  })

  it('takes 64 KiB of JSON and says how much it was when it is more', () => {
    expect(checkAppSetting('app.x', 'a'.repeat(65_534))).toHaveLength(65_534)
    expect(refusal('app.x', 'a'.repeat(65_535))).toMatchObject({ code: 'invalid', errors: [{ path: 'value' }] })
    expect(refusal('app.x', 'ş'.repeat(40_000)).message).toContain('has 80002')
  })

  it('refuses a value when the database could not keep it', () => {
    expect(refusal('app.x', { a: '\0' }).code).toBe('invalid')
    expect(refusal('app.x', '\uD800').code).toBe('invalid')
    expect(refusal('app.x', undefined).code).toBe('invalid')
  })

  it('bounds nesting when a value would exhaust a stack', () => {
    expect(checkAppSetting('app.x', nested(64))).toBeDefined()
    expect(refusal('app.x', nested(65)).message).toContain('deeper than 64')
    expect(refusal('app.x', nested(5000)).code).toBe('invalid')
  })
})
