import { YayinError } from '../../shared/errors.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'

const MIN_CHARACTERS = 12
const MAX_CHARACTERS = 128

/**
 * Checks a new password by OWASP ASVS 2.1: its length, and that it is none of those that everybody tries first.
 * No rules on what characters it is made of.
 * @throws YayinError `invalid`, naming `path`
 */
export function checkNewPassword(password: string, path: string, own: readonly string[]): void {
  const fault = faultOf(password, own)
  if (fault === null) return
  throw new YayinError('invalid', `The password ${fault}.`, { errors: [{ path, message: fault }] })
}

/** `own`: what an attacker knows of the user, such as the e-mail address. */
function faultOf(password: string, own: readonly string[]): string | null {
  const characters = Array.from(password.normalize('NFKC')).length
  if (characters < MIN_CHARACTERS) return `has ${characters} characters; at least ${MIN_CHARACTERS} are needed`
  if (characters > MAX_CHARACTERS) return `has ${characters} characters; at most ${MAX_CHARACTERS} are possible`
  const plain = password.normalize('NFKC').toLowerCase()
  if (COMMON_PASSWORDS.has(plain) || isRepetition(plain) || isSequence(plain)) {
    return 'is one of the first that are tried; choose another'
  }
  const known = own.some((word) => word !== '' && plain === word.toLowerCase())
  return known ? 'is the e-mail address or the name; choose another' : null
}

const REPETITION = /^(.{1,8}?)\1+$/su

/** One piece of up to eight characters over and over: `aaaaaaaaaaaa`, `123412341234`, `passwordpassword`. */
function isRepetition(text: string): boolean {
  return REPETITION.test(text)
}

const ROWS = ['1234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop']
const RUN = ROWS.flatMap((row) => [row, Array.from(row).toReversed().join('')]).map((row) => row + row)
const KEYBOARD = [
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
]

/** One run along the digits, the alphabet or the keys: `123456789012`, `qwertyuiopas`. */
function isSequence(text: string): boolean {
  return [...RUN, ...KEYBOARD].some((run) => run.includes(text))
}
