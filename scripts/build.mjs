import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import './check-node.mjs'
import { withLock } from './lock.mjs'
import { ROOT, run, runPackage, say, secondsSince } from './run.mjs'
import { hashSources } from './sources.mjs'

const DIST = `${ROOT}dist`
/** Holds the hash of the sources that dist was made from. */
const STAMP = 'sources.sha256'
const MIGRATIONS = 'server/store/migrations'

/** Tells whether dist was made from the sources as they are now. */
export function isBuilt() {
  const stamp = `${DIST}/${STAMP}`
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources()
}

/** Builds all of dist aside and puts it in place in one step. Hold the lock meanwhile. */
export async function build() {
  for (const name of readdirSync(ROOT)) if (name.startsWith('.dist-')) rmSync(ROOT + name, { recursive: true })
  const fresh = `${ROOT}.dist-${process.pid}`
  // Before the build: a source that changes during it must make the next one stale.
  const hash = hashSources()
  const parts = await Promise.allSettled([buildServer(fresh), buildClient(fresh)])
  for (const part of parts) if (part.status === 'rejected') throw part.reason
  writeFileSync(`${fresh}/${STAMP}`, hash)
  const old = `${ROOT}.dist-old`
  if (existsSync(DIST)) renameSync(DIST, old)
  renameSync(fresh, DIST)
  rmSync(old, { recursive: true, force: true })
}

/** @param {string} out */
async function buildServer(out) {
  const args = ['-p', 'tsconfig.server.json', '--outDir', out]
  await step('server', () => runPackage('typescript/bin/tsc', args, { quiet: true }))
  // The command line takes the library from the package: what the compiler made of its sources is for nobody.
  rmSync(`${out}/client/src`, { recursive: true })
  cpSync(ROOT + MIGRATIONS, `${out}/${MIGRATIONS}`, { recursive: true })
  await step('empty database', () => run(process.execPath, [`${out}/server/store/make-template.js`], { quiet: true }))
}

/** @param {string} out */
async function buildClient(out) {
  // React's development build is for `npm run dev`, whatever NODE_ENV says here.
  const options = { quiet: true, env: { NODE_ENV: 'production' } }
  await step('client', () =>
    runPackage('vite/bin/vite.js', ['build', '--outDir', `${out}/client`, '--emptyOutDir', 'false'], options),
  )
  const library = ['build', '-c', 'vite.library.config.ts', '--outDir', `${out}/client/lib`]
  await step('library', () => runPackage('vite/bin/vite.js', library, options))
  const hooks = ['build', '-c', 'vite.react.config.ts', '--outDir', `${out}/client/lib`]
  await step('hooks', () => runPackage('vite/bin/vite.js', hooks, options))
  const types = ['-p', 'tsconfig.library.json', '--outDir', `${out}/types`]
  await step('types', () => runPackage('typescript/bin/tsc', types, { quiet: true }))
}

/**
 * @param {string} what
 * @param {() => Promise<number>} work
 */
async function step(what, work) {
  const startedAt = performance.now()
  if ((await work()) !== 0) throw new Error(`The ${what} could not be built.`)
  say(`  ${what} built in ${secondsSince(startedAt)}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await withLock(build)
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n`)
    process.exitCode = 1
  }
}
