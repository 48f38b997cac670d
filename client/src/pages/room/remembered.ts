import { createValue, type Value } from '../../lib/value.ts'

/** A text that outlives the page, under `yayin:<name>`; empty when there is none or storage is blocked. */
export function createRemembered(name: string): Value<string> {
  const key = `yayin:${name}`
  const value = createValue(read(key))
  value.subscribe(() => write(key, value.current))
  return value
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function write(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Storage is blocked: it holds for this page.
  }
}
