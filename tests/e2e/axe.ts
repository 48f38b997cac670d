import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let source: Promise<string> | undefined

/** Naming every element that passed would take half of its time. */
const BARRIERS_ALONE: RunOptions = { resultTypes: ['violations'] }
/** WCAG 2.2 A and AA, and what axe holds to be good practice beyond it. */
const ALL: RunOptions = {
  ...BARRIERS_ALONE,
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
}
/** What another theme can change of the same page. */
const COLOURS: RunOptions = {
  ...BARRIERS_ALONE,
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

/** Looks for barriers in the page as it stands; returns each in a line that says where it is. */
export async function findBarriers(page: Page, which: 'all' | 'colours' = 'all'): Promise<string[]> {
  source ??= readFile(AXE, 'utf8')
  // Evaluated, not added as a script, which the page's policy forbids.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source)
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(options),
    which === 'all' ? ALL : COLOURS,
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary ?? ''}`),
  )
}
