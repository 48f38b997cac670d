import { expect, it } from 'vitest'
import type { SettingInfo } from '../../../../shared/api.ts'
import { draftOf, readDraft, withDraft } from './setting-draft.ts'

const setting = (key: string, type: string, value: unknown) => ({ key, type, value }) as SettingInfo
const rate = setting('client_rate_limit', 'number', 50)
const channels = setting('public_channels', 'list', ['broadcast', 'public/**'])

it('reads numbers as they are written with a point or a comma, and says when it is none', () => {
  expect(readDraft(rate, ' 7,5 ')).toEqual({ ok: true, value: 7.5 })
  expect(readDraft(rate, '0')).toEqual({ ok: false, fault: 'number' })
  expect(readDraft(rate, 'many')).toEqual({ ok: false, fault: 'number' })
})

it('reads a list line by line', () => {
  expect(draftOf(channels.value)).toBe('broadcast\npublic/**')
  expect(readDraft(channels, 'a\n\n b/* \n')).toEqual({ ok: true, value: ['a', 'b/*'] })
  expect(readDraft(channels, '**/a')).toEqual({ ok: false, fault: 'list' })
  expect(readDraft(channels, '')).toEqual({ ok: true, value: [] })
})

it('keeps a change until it says again what is in force', () => {
  const changed = withDraft({}, rate, '60')
  expect(changed).toEqual({ client_rate_limit: '60' })
  expect(withDraft(changed, rate, '50')).toEqual({})
  expect(withDraft(changed, rate, 'x')).toEqual({ client_rate_limit: 'x' })
})
