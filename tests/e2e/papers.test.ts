import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GUIDES } from '../../scripts/endpoints.ts'
import { findChromium, findCurl, findPhp } from '../../scripts/test-parts.mjs'
import { launchPages } from '../support/browser.ts'
import { createDatabase } from '../support/postgres.ts'
import { type Block, notesOf, readBlocks } from '../support/snippets/blocks.ts'
import { checkTypes } from '../support/snippets/check-types.ts'
import { PYTHON, runBlock } from '../support/snippets/run-block.ts'
import { openStage, type Stage } from '../support/snippets/stage.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Each is read from its first line on, in one folder, by somebody who types all of it. */
const PAPERS = [
  'README.md',
  'docs/moving-from-socket-io.md',
  'docs/moving-from-pusher.md',
  'docs/moving-from-polling.md',
  'integration_guide.md',
]

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
  (block.language === 'python' && !existsSync(PYTHON)) ||
  (/\bcurl\b/.test(block.code) && findCurl() === null) ||
  (/DATABASE_URL=|psql|public%2Forders/.test(block.code) && inject('postgresUrl') === null)

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
    const left = all.filter(isLeftOut).map((block) => [block.code.trim().split('\n')[0]!, ...reasonsOf(block)])
    expect(left).toEqual([
      ['npm run demo', 'tests/e2e/demo.test.ts'],
      ['npm test', 'it is what runs all of this'],
      ["import { createServer } from 'node:http'", "it is Socket.IO's"],
      ["app.post('/pusher/auth', (req, res) => {", "it is Pusher's"],
      ['setInterval(async () => {', 'it asks a server of yours'],
      ['npm start', 'tests/integration/npm-start.test.ts'],
    ])
    for (const test of left.flat().filter((text) => text.startsWith('tests/'))) {
      expect(existsSync(join(ROOT, test)), test).toBe(true)
    }
  })

  it('names each header of the hub’s pages as it is sent', async () => {
    const { headers } = await fetch(stage.url)
    const named = blocksOf('docs/security.md')[0]!.code.trim().split('\n')
    expect(named.length).toBeGreaterThan(3)
    const sent = named.map((line) => line.split(': ')[0]!).map((name) => `${name}: ${headers.get(name)}`)
    expect(sent).toEqual(named)
  })

  it('lists each address of the hub’s own papers in every language', async () => {
    const { paths } = (await (await fetch(`${stage.url}/openapi.json`)).json()) as { paths: Record<string, object> }
    const addresses = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `| \`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}\` |`),
    )
    expect(addresses.length).toBeGreaterThan(50)
    for (const { file } of GUIDES) {
      const guide = readFileSync(join(ROOT, file), 'utf8')
      expect(addresses.filter((address) => !guide.includes(address))).toEqual([])
    }
  })

  it('is right by its types when it is TypeScript', async () => {
    expect(await checkTypes(stage.folder)).toBe('')
  })
})
