import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tablesOf } from './tables.mjs'

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url))
const BEGIN = '<!-- results: written by `npm run bench` -->'
const END = '<!-- /results -->'

/**
 * Puts a run's tables between the marks in docs/performance.md.
 * @param {import('./results.mjs').Results} results
 */
export function writePage(results) {
  if (!existsSync(PAGE)) return
  const page = readFileSync(PAGE, 'utf8')
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`docs/performance.md has lost the marks around its results: ${BEGIN}`)
  writeFileSync(PAGE, `${page.slice(0, begin)}${BEGIN}\n\n${tablesOf(results, '###')}\n${page.slice(end)}`)
}
