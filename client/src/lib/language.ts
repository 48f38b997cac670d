import { createPreference } from './preference.ts'
import { useValue } from './value.ts'
import { LANGUAGES, WORDS, type Language, type Words } from './words.ts'

/** The chosen language; the browser's when Yayın speaks it, else English. */
export const language = createPreference<Language>('language', LANGUAGES, browserLanguage())

export function useWords(): Words {
  return WORDS[useValue(language)]
}

/** What one page says, in the chosen language. */
export function usePageWords<T>(words: Record<Language, T>): T {
  return words[useValue(language)]
}

/** The locale that numbers and dates are written in. */
export function useLocale(): string {
  return useValue(language)
}

/** Tells the browser, for hyphenation, reading aloud and the dotted İ of `uppercase`. */
export function keepDocumentLanguage(): void {
  const apply = () => (document.documentElement.lang = language.current)
  apply()
  language.subscribe(apply)
}

function browserLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  return wanted.flatMap((tag) => LANGUAGES.filter((own) => own === tag))[0] ?? 'en'
}
