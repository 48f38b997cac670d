import { foldText } from './fold-text.ts'

/** What an item can be found by. */
export interface Findable {
  label: string
  /** Other words for it, such as its name in the other language. */
  keywords?: string
}

const NOT_FOUND = 4

/** Returns the items that hold every word of `query`, the best first, equals in their old order; all when it is empty. */
export function rankItems<T extends Findable>(items: readonly T[], query: string): T[] {
  const terms = foldText(query)
    .split(/\s+/)
    .filter((term) => term !== '')
  if (terms.length === 0) return [...items]
  return items
    .map((item) => ({ item, rank: rankOf(item, terms) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

/** 0 when the label begins with the first term, 1 when a word of it begins with each, 2 within words, 3 by keywords. */
function rankOf({ label, keywords = '' }: Findable, terms: readonly string[]): number {
  const folded = foldText(label)
  const ranks = terms.map((term) => rankTerm(folded, foldText(keywords), term))
  const worst = Math.max(...ranks)
  return worst === 1 && folded.startsWith(terms[0] ?? '') ? 0 : worst
}

function rankTerm(label: string, keywords: string, term: string): number {
  const words = label.split(/[^\p{L}\p{N}]+/u)
  if (label.startsWith(term) || words.some((word) => word.startsWith(term))) return 1
  // A single letter lies within nearly everything.
  if (term.length === 1) return NOT_FOUND
  if (label.includes(term)) return 2
  return keywords.includes(term) ? 3 : NOT_FOUND
}
