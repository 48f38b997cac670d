import { spawn, spawnSync } from 'node:child_process'
import { on, once } from 'node:events'
import { mkdirSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { ROOT, say } from './run.mjs'
import { SCENES } from './screenshot-scenes.mjs'
import { findChromium } from './test-parts.mjs'

const HELP = `node scripts/screenshots.mjs [options] [scene …]

Takes pictures of every page under the demo's load: light, dark, and on a phone. Scenes: ${SCENES.map(({ name }) => name).join(', ')}.
  --out docs/images  where they go
  --fill 60          seconds in which the demo fills its charts first
  --connections 300  and --rate 20, as of the demo
  --locale en-GB     language of the pages
`
const LOOKS = /** @type {const} */ ([
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
])
/** A picture beyond this is no good in a repository. */
const MAX_BYTES = 250 * 1024

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', default: false },
    out: { type: 'string', default: `${ROOT}docs/images` },
    fill: { type: 'string', default: '60' },
    connections: { type: 'string', default: '300' },
    rate: { type: 'string', default: '20' },
    locale: { type: 'string', default: 'en-GB' },
  },
})
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const executablePath = findChromium()
if (executablePath === null) {
  say('There is no Chromium on this machine; on Debian: apt-get install chromium')
  process.exit(1)
}
const wanted = SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
mkdirSync(values.out, { recursive: true })

const demo = await startDemo()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  say(`Filling for ${values.fill} s.`)
  const storageState = await signIn()
  await delay(Number(values.fill) * 1000)
  for (const { name, ...look } of LOOKS) await takeAll(name, { ...look, locale: values.locale, storageState })
} finally {
  await browser.close()
  demo.child.kill('SIGINT')
  await once(demo.child, 'close')
}

async function startDemo() {
  const args = ['--connections', values.connections, '--rate', values.rate, '--port', '0']
  const child = spawn(process.execPath, [`${ROOT}scripts/demo.mjs`, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  for await (const [text] of on(child.stdout.setEncoding('utf8'), 'data', { close: ['close'] })) {
    printed += text
    const found = /ready at (\S+)\s+Sign in as (\S+) with (\S+)/.exec(printed)
    if (found) return { child, url: found[1] ?? '', email: found[2] ?? '', password: found[3] ?? '' }
  }
  throw new Error(`The demo did not start:\n${printed}`)
}

async function signIn() {
  const context = await browser.newContext()
  const { email, password } = demo
  const answer = await context.request.post(`${demo.url}/api/auth/login`, {
    data: { email, password },
    headers: { origin: demo.url },
  })
  if (!answer.ok()) throw new Error(`The admin could not sign in: ${answer.status()}`)
  const state = await context.storageState()
  await context.close()
  return state
}

/**
 * @param {string} look
 * @param {import('playwright-core').BrowserContextOptions} options
 */
async function takeAll(look, options) {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  const page = await context.newPage()
  for (const scene of wanted) {
    const path = `${values.out}/${scene.name}-${look}.png`
    try {
      if (scene.signedOut) await context.clearCookies()
      await page.goto(demo.url + scene.path)
      await scene.arrange(page)
      await page.screenshot({ path })
      shrink(path)
      say(`${path}  ${Math.round(statSync(path).size / 1024)} KB`)
    } catch (error) {
      say(`${scene.name} ${look}: ${/** @type {Error} */ (error).message}`)
      process.exitCode = 1
    }
  }
  await context.close()
}

/** Keeps 256 colours, which a page has few more of, where ImageMagick is at hand. @param {string} path */
function shrink(path) {
  spawnSync('convert', [path, '-strip', '-dither', 'None', '-colors', '256', `PNG8:${path}`])
  if (statSync(path).size > MAX_BYTES) {
    say(`${path} is larger than ${MAX_BYTES / 1024} KB.`)
    process.exitCode = 1
  }
}
