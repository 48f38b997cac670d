import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { findPhp } from '../../../scripts/test-parts.mjs'
import { until } from '../until.ts'
import { type Block, notesOf } from './blocks.ts'
import type { Program } from './program.ts'
import type { Stage } from './stage.ts'

/** Debian’s own. */
export const PYTHON = '/usr/bin/python3'

const DEADLINE_MS = 20_000
/** What a shell knows at the end of one block it knows in the next one, as in a reader's terminal. */
const SHELL = `set -euo pipefail; set -a; [ ! -f "$SNIPPET_STATE" ] || . "$SNIPPET_STATE"
trap 'export -p >"$SNIPPET_STATE.new" && mv "$SNIPPET_STATE.new" "$SNIPPET_STATE"' EXIT
`

/** Runs a block as its reader would; rejects unless it ends well, or prints what its notes say. */
export async function runBlock(block: Block, stage: Stage, browser: Browser | null): Promise<void> {
  const name = notesOf(block, 'file')[0] ?? `block-${block.line}.${block.language}`
  const path = await stage.save(name, block.code)
  const inPage = notesOf(block, 'runs in').includes('page')
  if (block.language === 'html' || block.language === 'tsx' || inPage) return runInPage(block, path, stage, browser!)
  if (block.language === 'text') return
  if (block.language === 'json') return void JSON.parse(block.code)
  if (block.language === 'sh') return runShell(block, stage, browser)
  const command = { js: process.execPath, ts: process.execPath, python: PYTHON, php: findPhp() }[block.language]
  if (!command) throw new Error(`${block.language || 'a block of no language'} can not be run`)
  const args = block.language === 'ts' ? ['--import', import.meta.resolve('tsx'), path] : [path]
  await finish(block, stage, browser, await stage.run(command, args))
}

async function runShell(block: Block, stage: Stage, browser: Browser | null): Promise<void> {
  if (/\bnpm start\b/.test(block.code)) return stage.startHub(block.code)
  await finish(block, stage, browser, await stage.run('bash', ['-c', SHELL + stage.adapt(block.code)]))
}

/** Looks at what a program serves, waits for what it prints, or until it has ended well if nothing is asked of it. */
async function finish(block: Block, stage: Stage, browser: Browser | null, program: Program): Promise<void> {
  try {
    const address = notesOf(block, 'open')[0]
    if (address !== undefined) await lookAt(stage.adapt(address), block, stage, browser!)
    else if (notesOf(block, 'prints').length > 0) await expectPrints(block, stage, program)
    else await until(() => program.ended() !== null, { deadlineMs: DEADLINE_MS, what: 'it ends' })
    const end = program.ended()
    if (end !== null && end !== 0) throw new Error(`it ended with ${end}`)
  } catch (error) {
    throw new Error(`it printed:\n${program.printed()}`, { cause: error })
  } finally {
    await program.stop()
  }
}

async function lookAt(url: string, block: Block, stage: Stage, browser: Browser): Promise<void> {
  await until(async () => (await fetch(url)).ok, { deadlineMs: DEADLINE_MS, what: `${url} is served` })
  await withPage(browser, async (page, shown) => {
    await page.goto(url)
    await expectPrints(block, stage, { printed: shown, ended: () => null })
  })
}

interface Watched {
  printed(): string | Promise<string>
  /** Null while more may come. */
  ended(): number | string | null
}

/** Waits until everything is printed that should be, while somebody publishes what the notes say. */
async function expectPrints(block: Block, stage: Stage, { printed, ended }: Watched): Promise<void> {
  const wanted = notesOf(block, 'prints').map((text) => stage.adapt(text))
  const meanwhile = notesOf(block, 'meanwhile')
  let nextAtMs = 0
  let text = ''
  let missing = wanted
  const isOver = async () => {
    if (performance.now() >= nextAtMs) {
      nextAtMs = performance.now() + 500
      for (const message of meanwhile) await stage.publish(message)
    }
    const hasEnded = ended() !== null
    text = await printed()
    missing = wanted.filter((part) => !text.includes(part))
    return hasEnded || missing.length === 0
  }
  await until(isOver, { deadlineMs: DEADLINE_MS, everyMs: 50, what: 'it prints what it should' }).catch(() => undefined)
  if (missing.length > 0) throw new Error(`${missing.join(' and ')} is not in:\n${text}`)
}

async function runInPage(block: Block, path: string, stage: Stage, browser: Browser): Promise<void> {
  const isSavedOnly = notesOf(block, 'file').length > 0 && notesOf(block, 'prints').length === 0
  if (isSavedOnly) return
  await withPage(browser, async (page, shown) => {
    const body = stage.adapt(block.code)
    await page.route('**/your-page', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
    // A page that the hub has sent may open a WebSocket to it; one that was made up may not.
    await page.goto(`${stage.url}/${block.language === 'html' ? 'your-page' : 'docs'}`)
    if (block.language === 'tsx') await page.evaluate(await bundle(path))
    if (block.language === 'js') await page.evaluate(`(async () => {${body}})()`)
    await expectPrints(block, stage, { printed: shown, ended: () => null })
  })
}

/** Opens a page; what it shows is its text and its console's lines. */
async function withPage(
  browser: Browser,
  use: (page: Page, shown: () => Promise<string>) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage()
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  page.on('pageerror', (error) => lines.push(String(error)))
  try {
    await use(page, async () => [await page.locator('body').innerText(), ...lines].join('\n'))
  } finally {
    await page.close()
  }
}

async function bundle(path: string): Promise<string> {
  const results = (await build({
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, minify: false, lib: { entry: path, formats: ['iife'], name: 'page' } },
  })) as unknown as { output: { code: string }[] }[]
  return results[0]!.output[0]!.code
}
