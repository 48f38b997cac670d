import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findChromium, findPhp } from '../../scripts/test-parts.mjs'
import { launchPages } from '../support/browser.ts'
import { createDatabase } from '../support/postgres.ts'
import { type Block, notesOf, readBlocks } from '../support/snippets/blocks.ts'
import { checkTypes } from '../support/snippets/check-types.ts'
import { runBlock } from '../support/snippets/run-block.ts'
import { openStage, type Stage } from '../support/snippets/stage.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Each is read from its first line on, in one folder, by somebody who types all of it. */
const PAPERS = ['README.md', 'integration_guide.md']

const blocksOf = (file: string) => readBlocks(file, readFileSync(join(ROOT, file), 'utf8'))
const all = PAPERS.flatMap(blocksOf)
const reasonsOf = (block: Block) => [...notesOf(block, 'run by'), ...notesOf(block, 'not run')]
const isLeftOut = (block: Block) => reasonsOf(block).length > 0
const needsPage = (block: Block) =>
  ['html', 'tsx'].includes(block.language) || block.notes.some(({ name }) => name === 'runs in' || name === 'open')

/** Parts that this machine may lack; `npm test` says so. */
const isMissing = (block: Block) =>
  (needsPage(block) && findChromium() === null) ||
  (block.language === 'php' && findPhp() === null) ||
  (block.code.includes('DATABASE_URL=') && inject('postgresUrl') === null)

describe('what the papers tell to type', () => {
  let stage: Stage
  let browser: Browser | null = null

  beforeAll(async () => {
    const postgresUrl = inject('postgresUrl')
    stage = await openStage(postgresUrl && (await createDatabase(postgresUrl)))
    if (findChromium() !== null) browser = await launchPages()
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  for (const block of all.filter((block) => !isLeftOut(block))) {
    it.skipIf(isMissing(block))(`works when it is done: ${block.file}:${block.line} (${block.language})`, async () => {
      await runBlock(block, stage, browser)
    })
  }

  it('is left to another test, or to nobody, when it says so, and here', () => {
    const left = all.filter(isLeftOut).map((block) => [block.code.trim(), ...reasonsOf(block)])
    expect(left).toEqual([
      ['npm run demo', 'tests/e2e/demo.test.ts'],
      ['npm test', 'it is what runs all of this'],
      ['npm start', 'tests/integration/npm-start.test.ts'],
    ])
    for (const test of left.flat().filter((text) => text.startsWith('tests/'))) {
      expect(existsSync(join(ROOT, test)), test).toBe(true)
    }
  })

  it('is right by its types when it is TypeScript', async () => {
    expect(await checkTypes(stage.folder)).toBe('')
  })
})
