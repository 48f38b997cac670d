import { statSync, utimesSync } from 'node:fs'
import './check-node.mjs'
import { build, isBuilt } from './build.mjs'
import { withLock } from './lock.mjs'
import { ROOT, runNpm, say, secondsSince } from './run.mjs'

/** Written by npm at the end of each installation, and so missing after one that was cut short. */
const INSTALLED = `${ROOT}node_modules/.package-lock.json`

/** Installs the dependencies if they are missing or older than the lock file. Ends the process if that fails. */
export async function prepareDependencies() {
  if (!isInstalled()) await guarded(installIfStale)
}

/** Installs and builds whatever is missing or stale; does nothing, fast, when nothing is. */
export async function prepare() {
  if (isInstalled() && isBuilt()) return
  await guarded(async () => {
    await installIfStale()
    if (isBuilt()) return
    say('Building, because the build is missing or older than the sources.')
    const startedAt = performance.now()
    await build()
    say(`Built in ${secondsSince(startedAt)}.`)
  })
}

/** @param {() => Promise<void>} work */
async function guarded(work) {
  try {
    await withLock(work)
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n`)
    process.exit(1)
  }
}

function isInstalled() {
  const modifiedMs = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return modifiedMs(INSTALLED) >= Math.max(1, modifiedMs(`${ROOT}package-lock.json`))
}

async function installIfStale() {
  if (isInstalled()) return
  say('Installing dependencies, because they are missing or older than package-lock.json.')
  const startedAt = performance.now()
  // Building needs the development ones too, even where NODE_ENV=production leaves them out.
  if ((await runNpm(['ci', '--include=dev'])) !== 0 && (await runNpm(['install', '--include=dev'])) !== 0) {
    throw new Error('The dependencies could not be installed; npm says why above.')
  }
  // `npm install` may write package-lock.json last, and would look stale for ever.
  utimesSync(INSTALLED, new Date(), new Date())
  say(`Installed in ${secondsSince(startedAt)}.`)
}
