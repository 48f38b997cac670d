/** Browsers that ask for a camera in their own ways. */
export type BrowserKind = 'chrome' | 'firefox' | 'safari' | 'ios' | 'android' | 'other'

// The first that fits: Chrome on a phone asks as the phone does, and calls itself Safari too.
const KINDS: readonly [RegExp, BrowserKind][] = [
  [/iPhone|iPad/, 'ios'],
  [/Android/, 'android'],
  [/Firefox\//, 'firefox'],
  [/Chrome\//, 'chrome'],
  [/Version\/.*Safari\//, 'safari'],
]

/** Reads a `User-Agent`. */
export function browserKind(userAgent: string): BrowserKind {
  return KINDS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'other'
}
