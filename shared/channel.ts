/** A segment of a channel's name; segments are parted by `/` and never empty. */
const SEGMENT = String.raw`[A-Za-z0-9_.:-]+`
const CHANNEL = new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`)
const PATTERN = new RegExp(String.raw`^(?:(?:\*|${SEGMENT})/)*(?:\*\*?|${SEGMENT})$`)

/** Longest channel name or pattern, in characters. */
export const MAX_CHANNEL_LENGTH = 200

/** What a name may be, in words for an error's detail. */
export const CHANNEL_RULE =
  'a channel name is 1–200 characters of A-Z a-z 0-9 _ - . : /, with no empty segment between slashes'
export const PATTERN_RULE = `${CHANNEL_RULE}; in a pattern, * stands for one whole segment and a final ** for one or more`

/** Tells whether `name` is the name of one channel (contract §1). */
export function isChannel(name: string): boolean {
  return name.length <= MAX_CHANNEL_LENGTH && CHANNEL.test(name)
}

/** Tells whether `text` is a channel name or a pattern over names (contract §1). */
export function isPattern(text: string): boolean {
  return text.length <= MAX_CHANNEL_LENGTH && PATTERN.test(text)
}

/** Tells whether a valid pattern holds a wildcard, and so may match more than one channel. */
export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*')
}

/** Tells whether `channel` is matched by `pattern`; a pattern without wildcards matches itself alone. */
export function matches(pattern: string, channel: string): boolean {
  return covers(pattern, channel)
}

/**
 * Tells whether `grant` matches every channel that `request` can match; both are patterns.
 * `orders/**` covers `orders/*`; `team/*` does not cover `team/**`.
 */
export function covers(grant: string, request: string): boolean {
  if (grant === request) return true
  const granted = grant.split('/')
  const wanted = request.split('/')
  for (let i = 0; i < granted.length; i++) {
    const g = granted[i]
    const w = wanted[i]
    if (w === undefined) return false
    if (g === '**') return true // a final ** takes one or more segments, and w is one
    if (w === '**') return false // more segments than one * or one word can hold
    if (g !== '*' && g !== w) return false
  }
  return granted.length === wanted.length
}

/** Returns the first segment of a channel name or pattern: `orders` of `orders/7`. */
export function firstSegment(channel: string): string {
  const slash = channel.indexOf('/')
  return slash < 0 ? channel : channel.slice(0, slash)
}

/**
 * First segments that the product itself gives a meaning to. A wildcard in the first place (`*`, `**`)
 * reaches them only for admins; everybody else has to name the segment and be allowed to.
 */
const RESERVED: ReadonlySet<string> = new Set(['admin', 'user', 'connection', 'room', 'participant'])

/** Tells whether a channel or pattern lies in a namespace with rules of its own (contract §3). */
export function isReserved(channel: string): boolean {
  return RESERVED.has(firstSegment(channel))
}
