import { expect, it } from 'vitest'
import { formatMessage } from './format-message.ts'
import { createPaint, wantsColour } from './paint.ts'

const plain = createPaint(false)
const MESSAGE = { id: 'k.1', channel: 'orders/7', timestamp: '2026-11-20T22:24:00.123Z', type: 'order_paid' }

it('writes channel, type, sender and fields on one line', () => {
  const line = formatMessage({ ...MESSAGE, from: 'ada', total: 49, to: { city: 'İzmir' } }, plain)
  expect(line).toMatch(/^\d\d:\d\d:00\.123 {2}orders\/7 {2}order_paid {2}@ada {2}total=49 to=\{"city":"İzmir"\}$/)
})

it('ends with the type when there are no fields', () => {
  expect(formatMessage(MESSAGE, plain)).toMatch(/order_paid$/)
})

it('lets a message neither steer the terminal nor turn its line around', () => {
  const line = formatMessage({ ...MESSAGE, type: 'a\u001b[2Jb', 'x\r': '\u202e', y: '\u009b' }, plain)
  expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  expect(line).toContain(String.raw`a\u001b[2Jb`)
})

it('colours where it is wanted alone', () => {
  expect(formatMessage(MESSAGE, createPaint(true))).toContain('\u001b[1morder_paid')
  expect(wantsColour(true, {})).toBe(true)
  expect(wantsColour(false, {})).toBe(false)
  expect(wantsColour(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false)
  expect(wantsColour(false, { FORCE_COLOR: '1' })).toBe(true)
  expect(wantsColour(true, { FORCE_COLOR: '0' })).toBe(false)
  expect(wantsColour(true, { TERM: 'dumb' })).toBe(false)
})
