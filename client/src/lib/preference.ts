import { createValue, type Value } from './value.ts'

/** A reader's choice that outlives the page, under `yayin:<name>`; `fallback` holds until one is made. */
export function createPreference<T extends string>(name: string, allowed: readonly T[], fallback: T): Value<T> {
  const key = `yayin:${name}`
  const value = createValue(allowed.find((choice) => choice === read(key)) ?? fallback)
  value.subscribe(() => write(key, value.current))
  return value
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}
