import { YayinError } from '../../shared/errors.ts'
import { SETTINGS } from '../../shared/settings.ts'
import { isStorable } from './storable.ts'

const APP_KEY = /^app\.[A-Za-z0-9_.-]{1,100}$/
const MAX_BYTES = 65_536
/** Deeper nesting would exhaust the database's stack. */
const MAX_DEPTH = 64

/** Tells whether `key` is one of the user's own. */
export function isAppKey(key: string): boolean {
  return APP_KEY.test(key)
}

/** Returns the value of one of the user's own keys; throws `unknown_setting` for other keys, `invalid` for what can't be kept. */
export function checkAppSetting(key: string, value: unknown): unknown {
  if (!isAppKey(key)) throw unknownSetting(key)
  const problem = problemOf(value)
  if (problem === null) return value
  const message = `${key} takes JSON of at most ${MAX_BYTES} bytes; this value ${problem}`
  throw new YayinError('invalid', message, { errors: [{ path: 'value', message }] })
}

function problemOf(value: unknown): string | null {
  // First, since it bounds the recursion of all that follows.
  if (!isStorable(value, MAX_DEPTH))
    return `nests deeper than ${MAX_DEPTH}, or holds text that cannot be stored, such as U+0000`
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) return 'is none'
  const bytes = Buffer.byteLength(text)
  return bytes > MAX_BYTES ? `has ${bytes}` : null
}

/** Says which settings there are. */
export function unknownSetting(key: string): YayinError {
  const known = Object.keys(SETTINGS).join(', ')
  const own = 'app.* for your own, with 1–100 characters of A-Z a-z 0-9 _ . - after app.'
  return new YayinError('unknown_setting', `there is no setting ${key.slice(0, 100)}; there are ${known}, and ${own}`)
}
