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

/**
 * First segments below which the product itself gives channels a meaning. A wildcard in the first place (`*`, `**`)
 * reaches what lies there only for admins; everybody else has to name the segment and be allowed to.
 */
const NAMESPACES = ['admin', 'user', 'connection', 'room', 'participant'] as const

/** A namespace with rules of its own (contract §3). */
export type Namespace = (typeof NAMESPACES)[number]

/**
 * Returns the namespace that a channel or pattern lies in: `room` of `room/7`. Null for the channels of applications, one
 * that only bears such a word as its whole name (`room`) among them.
 */
export function namespaceOf(channel: string): Namespace | null {
  const slash = channel.indexOf('/')
  if (slash < 0) return null
  const first = channel.slice(0, slash)
  return NAMESPACES.find((name) => name === first) ?? null
}

/** Tells whether applications publish to a channel, and not the server or a room’s own people alone. */
export function isPublishable(channel: string): boolean {
  const namespace = namespaceOf(channel)
  return namespace === null || namespace === 'user' || namespace === 'connection'
}
