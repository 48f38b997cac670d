import { CHANNEL_RULE, isChannel, isPattern, namespaceOf, PATTERN_RULE } from '../shared/channel.ts'
import { usageFailure } from './failure.ts'

/** What is told of a wrong argument is no longer than this, in characters. */
const SHOWN = 100

// What can be known to be wrong with an argument without asking the hub. All of these throw a CliFailure.

/** Checks the name of one channel. */
export function checkChannel(name: string): void {
  if (!isChannel(name)) throw usageFailure(`${shown(name)} is no channel: ${CHANNEL_RULE}`)
}

/** Checks channels that may be patterns. */
export function checkPatterns(patterns: readonly string[]): void {
  const wrong = patterns.find((pattern) => !isPattern(pattern))
  if (wrong !== undefined) throw usageFailure(`${shown(wrong)} is no channel: ${PATTERN_RULE}`)
}

/** Checks what a token is to give rights to. */
export function checkClaimed(patterns: readonly string[]): void {
  checkPatterns(patterns)
  for (const pattern of patterns) {
    const namespace = namespaceOf(pattern)
    if (namespace === null || namespace === 'user') continue
    throw usageFailure(
      `no token gives rights to ${shown(pattern)}: whom it lets in below ${namespace}/, the hub decides`,
    )
  }
}

/** Checks a name of somebody or something, of 1 to `most` characters. */
export function checkName(name: string, option: string, most: number): void {
  if (name.trim() !== '' && name.length <= most && !/\p{Cc}/u.test(name)) return
  throw usageFailure(`${option} is ${shown(name)}; give 1–${most} characters on one line`)
}

/** Checks an API key or token, which travels in a header (RFC 9110 §5.5), without telling it. */
export function checkSecret(secret: string, option: string): void {
  if (/^[\x21-\x7e]+$/.test(secret)) return
  const told = secret === '' ? '""' : '"***"'
  throw usageFailure(`${option} is ${told}; give letters, digits and signs of ASCII, without spaces`)
}

/** Checks a key that is published with once, which travels in a header too. */
export function checkIdempotencyKey(key: string): void {
  if (key.trim() !== '' && /^[\x20-\x7e]{1,255}$/.test(key)) return
  throw usageFailure(`--idempotency-key is ${shown(key)}; give 1–255 letters, digits and signs of ASCII`)
}

/** Writes what was given in quotes, cut short where it is long. */
export function shown(text: string): string {
  return JSON.stringify(cutShort(text))
}

/** Cuts a text short where it is long. */
export function cutShort(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
