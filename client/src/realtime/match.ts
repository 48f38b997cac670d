/**
 * Returns the test whether a channel is one that `pattern` stands for: `*` is one whole segment, a final `**` one or
 * more. The same as the server's own matching, which is not loaded here for its size.
 */
export function matcher(pattern: string): (channel: string) => boolean {
  const source = pattern
    .replace(/[^\w*]/g, String.raw`\$&`)
    .replace(/\*+/g, (stars) => (stars === '*' ? '[^/]+' : '.+'))
  const regex = new RegExp(`^${source}$`)
  return (channel) => regex.test(channel)
}
