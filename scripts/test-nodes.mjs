import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import './check-node.mjs'

/*
 * Runs what depends on the inside of Node under every major version that is supported: `npm run test:nodes`. Which
 * tests can be given, as to vitest; without any it is the event stream's.
 */

const { prepare } = await import('./setup.mjs')
await prepare()

const MAJORS = ['20', '22', '24']
const TESTS = ['server/gateways', 'server/lane', 'tests/integration/sse-', 'tests/integration/drain']

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const given = process.argv.slice(2)
const failed = MAJORS.filter((major) => {
  process.stderr.write(`\nNode ${major}\n`)
  const args = ['--yes', `node@${major}`, vitest, 'run', '--reporter=dot', ...(given.length > 0 ? given : TESTS)]
  return spawnSync('npx', args, { stdio: 'inherit' }).status !== 0
})
process.stderr.write(failed.length === 0 ? `\nAll passed.\n` : `\nFailed on Node ${failed.join(', ')}.\n`)
process.exitCode = failed.length === 0 ? 0 : 1
