import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { ROOT } from './run.mjs'

/** What the build is made from. */
export const SOURCES = [
  'server',
  'cli',
  'shared',
  'client',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.server.json',
  'tsconfig.library.json',
  'vite.config.ts',
  'vite.library.config.ts',
  'vite.react.config.ts',
  'scripts/build.mjs',
]

/** Returns a hash of all that the build is made from; of contents, not times, so that a copy or a checkout is no change. */
export function hashSources() {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(filesAt))
    hash
      .update(`${path}\0`)
      .update(readFileSync(ROOT + path))
      .update('\0')
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesAt(path) {
  const entries = listing(path)
  if (entries === null) return [path]
  return (
    entries
      // Tests are not built, and the template made by a run from sources is no source.
      .filter(({ name }) => !/\.(test\.tsx?|tar\.gz)$/.test(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesAt(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
  )
}

/** @param {string} path */
function listing(path) {
  try {
    return readdirSync(ROOT + path, { withFileTypes: true })
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return null
    throw error
  }
}
