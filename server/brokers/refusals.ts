import { YayinError } from '../../shared/errors.ts'
import type { Waiting } from './group-commit.ts'

/** Tells all of a group that none of it was written. */
export function refuse(group: readonly Waiting[], error: YayinError): void {
  for (const { reject } of group) reject(error)
}

export function leftSchedule(): YayinError {
  return new YayinError('conflict', 'a scheduled message was delivered or cancelled already')
}

export function keyTaken(): YayinError {
  return new YayinError('conflict', 'a message was published with this key already')
}

/** What is published while the log can not be reached. */
export function notNow(): YayinError {
  return new YayinError('unavailable', 'the log can not be written at the moment', { retryAfterSeconds: 1 })
}
