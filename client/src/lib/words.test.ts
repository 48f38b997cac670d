import { describe, expect, it } from 'vitest'

/** Every file of words, so that those of a new page are looked at, too. */
const FILES = import.meta.glob<Record<string, unknown>>(['../**/words.ts', '../**/*-words.ts'], { eager: true })

type Text = string | ((...given: unknown[]) => unknown)
interface Entry {
  path: string
  en: Text
  tr: Text
}

const pairs = Object.entries(FILES).flatMap(([file, module]) =>
  Object.values(module).flatMap((value) => (isPair(value) ? [{ file: file.replace('../', ''), ...value }] : [])),
)

function isPair(value: unknown): value is { en: object; tr: object } {
  if (typeof value !== 'object' || value === null) return false
  const { en, tr } = value as Record<string, unknown>
  return typeof en === 'object' && typeof tr === 'object'
}

/** The texts of an object of words by their paths. */
function textsOf(words: object, path: string): Map<string, Text> {
  const found = new Map<string, Text>()
  for (const [key, value] of Object.entries(words) as [string, unknown][]) {
    const at = `${path}.${key}`
    if (typeof value === 'object' && value !== null) for (const entry of textsOf(value, at)) found.set(...entry)
    else if (typeof value === 'string' || typeof value === 'function') found.set(at, value as Text)
  }
  return found
}

/** Paths of the tables that are empty in English: what the server says is English already. */
function tablesWithout(words: object, path: string): string[] {
  return (Object.entries(words) as [string, unknown][]).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null) return []
    return Object.keys(value).length === 0 ? [`${path}.${key}.`] : tablesWithout(value, `${path}.${key}`)
  })
}

const all = pairs.flatMap(({ file, en, tr }): Entry[] => {
  const turkish = textsOf(tr, file)
  return [...textsOf(en, file)].flatMap(([path, text]) => {
    const other = turkish.get(path)
    return other === undefined ? [] : [{ path, en: text, tr: other }]
  })
})

/** What a text says when each place in it holds `given`; null when it takes something else. */
function say(text: Text, given: (place: number) => unknown): string | null {
  if (typeof text === 'string') return text
  try {
    const said = text(...Array.from({ length: text.length }, (_, place) => given(place)))
    // Some texts come in two parts, such as what is wrong and what to do.
    return typeof said === 'object' && said !== null ? Object.values(said).join(' ') : String(said)
  } catch {
    return null
  }
}

/** Paths of the entries of which `isWrong` is true. */
const faults = (isWrong: (entry: Entry) => boolean) => all.filter(isWrong).map(({ path }) => path)

describe('the words of the dashboard', () => {
  it('are found, of every page', () => {
    expect(pairs.length).toBeGreaterThan(8)
    expect(all.length).toBeGreaterThan(500)
  })

  it.each(pairs)('are the same in English and Turkish in $file', ({ file, en, tr }) => {
    const spoken = tablesWithout(en, file)
    const turkish = [...textsOf(tr, file).keys()].filter((path) => !spoken.some((table) => path.startsWith(table)))
    expect(turkish).toEqual([...textsOf(en, file).keys()])
  })

  it('are nowhere empty, nor hold what is no word', () => {
    const isEmpty = (text: Text, given: unknown) => {
      const said = say(text, () => given)
      return (
        said !== null && (said.trim() === '' || /undefined|NaN|\[object|\bnull\b/.test(said.replace(/`[^`]*`/g, '')))
      )
    }
    expect(faults(({ en, tr }) => [1, 2, '3'].some((given) => isEmpty(en, given) || isEmpty(tr, given)))).toEqual([])
  })

  it('hold the same names in both languages', () => {
    const marks = 'ⒶⒷⒸⒹ'
    const marksIn = (text: Text) => {
      const said = say(text, (place) => marks.charAt(place)) ?? ''
      return Array.from(marks)
        .filter((mark) => said.includes(mark))
        .join('')
    }
    expect(faults(({ en, tr }) => marksIn(en) !== marksIn(tr))).toEqual([])
  })

  it('say in English what there is one of in the singular', () => {
    const nouns =
      'bytes|channels|characters|connections|days|entries|events|hours|keys|messages|minutes|others|participants|' +
      'people|places|records|results|rooms|rows|seats|seconds|sessions|settings|subscribers|templates|times|users'
    const isPlural = (said: string | null) => new RegExp(`(?<!of |beyond |[\\d.,])1 (?:${nouns})\\b`).test(said ?? '')
    // Some take the number itself, some as it is written.
    const ones = ['1', 1]
    expect(faults(({ en }) => typeof en === 'function' && ones.every((one) => isPlural(say(en, () => one))))).toEqual(
      [],
    )
  })

  it('leave a noun after a number as it is in Turkish', () => {
    const isPlural = (said: string) => /(?:^|\s)[12] \p{L}+l[ae]r(?:[ıi]n?)?\b/u.test(said)
    expect(faults(({ tr }) => typeof tr === 'function' && isPlural(say(tr, () => 2) ?? ''))).toEqual([])
  })

  it('are translated where they are sentences', () => {
    const isSame = ({ en, tr }: Entry) => typeof en === 'string' && en === tr && en.split(' ').length > 3
    expect(faults(isSame)).toEqual([])
  })
})
