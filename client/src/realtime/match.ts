/**
 * Tells whether a channel is one that `pattern` stands for: `*` is one whole segment, a final `**` one or more.
 * The same as the server's own matching, which is not loaded here for its size.
 */
export function matches(pattern: string, channel: string): boolean {
  if (pattern === channel) return true
  const segments = channel.split('/')
  const parts = pattern.split('/')
  const open = parts.at(-1) === '**'
  if (open ? segments.length < parts.length : segments.length !== parts.length) return false
  return parts.every((part, i) => part === '*' || (open && i === parts.length - 1) || part === segments[i])
}
