import type { Words } from './words.ts'

const MIN_LENGTH = 12
const MAX_LENGTH = 128

/** What is wrong with a new password's length, in words; undefined when nothing is. The server knows the common ones. */
export function passwordFault(password: string, words: Words['password']): string | undefined {
  // Counted as the server does: an emoji is one character.
  const { length } = Array.from(password.normalize('NFKC'))
  if (length < MIN_LENGTH) return words.tooShort(MIN_LENGTH - length)
  return length > MAX_LENGTH ? words.tooLong : undefined
}
