import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A link of a page to a place in this repository. */
export interface Link {
  page: string
  /** From the root; the page itself for `#part`. */
  file: string
  /** Empty for the whole file. */
  anchor: string
}

/** Every page that people read, from the root. */
export function pages(): string[] {
  const inFolder = (folder: string, recursive: boolean) =>
    readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' }).map((name) => join(folder, name))
  const files = [...inFolder('.', false), ...inFolder('docs', false), ...inFolder('examples', true)]
  return files.filter((file) => file.endsWith('.md') && !file.includes('node_modules')).sort()
}

/** Returns a page's text without its blocks of code. */
export function prose(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '')
}

/** Finds a page's links and pictures that lead to something of this repository. */
export function linksOf(page: string): Link[] {
  const targets = [...prose(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
    (match) => match[1] ?? match[2]!,
  )
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#')
      const file = path === '' ? page : normalize(join(dirname(page), path))
      return { page, file: file.replace(/\/$/, ''), anchor }
    })
}

/** Returns the anchors that a page's headings get where it is shown. */
export function anchorsOf(page: string): Set<string> {
  const headings = [...prose(page).matchAll(/^#+ (.+)$/gm)].map((match) => match[1]!)
  return new Set(headings.map(slug))
}

function slug(heading: string): string {
  const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
  return words.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-')
}
