import { readFileSync } from 'node:fs'

// The built file lies one folder deeper than its source.
const places = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url))

function readVersion(): string {
  for (const place of places) {
    try {
      return (JSON.parse(readFileSync(place, 'utf8')) as { version: string }).version
    } catch {
      continue
    }
  }
  return '0.0.0'
}

/** The product's version, from package.json alone. */
export const VERSION = readVersion()
