/**
 * Tells whether a request's `Origin` header is the site's own: `own` (scheme and host that it was sent to)
 * or `publicUrl`, when a proxy shows it under another name. An absent or opaque origin is not.
 */
export function isSameOrigin(origin: string | undefined, own: string, publicUrl: string | null): boolean {
  const from = normalize(origin)
  if (from === null) return false
  return from === normalize(own) || (publicUrl !== null && from === normalize(publicUrl))
}

/** Parsing lowers the host's case and drops default ports. */
function normalize(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null
  const { origin } = new URL(url)
  return origin === 'null' ? null : origin
}
