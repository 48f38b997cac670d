/**
 * Reads the name out of somebody's id. The hub says whose id a message came from, so the name can be trusted too.
 * @param {string} sub
 */
export function nameOf(sub) {
  const encoded = sub.slice(sub.indexOf('.') + 1)
  try {
    const letters = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)))
  } catch {
    return sub
  }
}
