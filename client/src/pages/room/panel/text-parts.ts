/** A piece of a chat line: words, or an address that can be followed. */
export interface TextPart {
  text: string
  href: string | null
}

const ADDRESS = /https?:\/\/[^\s<>"]+/g
/** What ends a sentence or a bracket rather than the address before it. */
const TRAILING = /[.,;:!?'’”)\]}]+$/

/** Parts a chat line into words and links; joined, the parts are the line again. */
export function textParts(line: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const { 0: found, index } of line.matchAll(ADDRESS)) {
    const address = found.replace(TRAILING, '')
    if (!URL.canParse(address)) continue
    parts.push({ text: line.slice(end, index), href: null }, { text: address, href: address })
    end = index + address.length
  }
  parts.push({ text: line.slice(end), href: null })
  return parts.filter(({ text }) => text !== '')
}
