import { expect, it } from 'vitest'
import { checkDraft } from './draft.ts'
import { WORDS } from './words.ts'

const words = WORDS.en.send
const draft = { channel: 'orders/7', type: 'order_paid', fields: '{"total": 49}' }

it('makes a message when every field is right', () => {
  expect(checkDraft(draft, words)).toEqual({
    ok: true,
    message: { channel: 'orders/7', type: 'order_paid', total: 49 },
  })
})

it('makes a message without further fields when none are typed', () => {
  expect(checkDraft({ ...draft, fields: ' ' }, words)).toMatchObject({ ok: true })
})

it.each([
  ['channel', { channel: 'orders//7' }, words.badChannel],
  ['channel', { channel: 'orders/*' }, words.badChannel],
  ['type', { type: '' }, words.noType],
  ['type', { type: 'connected' }, words.badType('connected')],
  ['fields', { fields: '{"total": ' }, words.badJson],
  ['fields', { fields: '[1]' }, words.notObject],
  ['fields', { fields: 'null' }, words.notObject],
  ['fields', { fields: '{"type": "x"}' }, words.ownField('type')],
] as const)('faults %s when the draft has %o', (field, change, fault) => {
  expect(checkDraft({ ...draft, ...change }, words)).toEqual({ ok: false, faults: { [field]: fault } })
})
