import { expect, it } from 'vitest'
import { faultOf } from './device-fault.ts'
import { reasonOf } from './join-room.ts'

it.each([
  [403, 'room_locked', 'locked'],
  [403, 'passcode_required', 'passcode_required'],
  [403, 'wrong_passcode', 'wrong_passcode'],
  [403, 'removed_from_room', 'removed'],
  [404, 'not_found', 'not_found'],
  [409, 'room_full', 'full'],
  [410, 'room_ended', 'ended'],
  [429, 'rate_limited', 'too_many_tries'],
  [503, 'unavailable', 'unreachable'],
  [400, 'invalid', 'invalid'],
  [403, 'forbidden', 'invalid'],
])('reads %i %s as %s', (status, code, reason) => {
  expect(reasonOf({ status, code })).toBe(reason)
})

it.each([
  ['NotAllowedError', 'refused'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['SomethingNewError', 'busy'],
])('takes %s of a device for %s', (name, fault) => {
  expect(faultOf(new DOMException('no', name))).toBe(fault)
})
