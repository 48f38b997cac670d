import './check-node.mjs'

const { prepare } = await import('./setup.mjs')
const { runPackage } = await import('./run.mjs')
const { installTestParts } = await import('./install-test-parts.mjs')
const { useQuickTemp } = await import('./quick-temp.mjs')
await prepare()
await installTestParts()
useQuickTemp()
process.exitCode = await runPackage('vitest/vitest.mjs', ['run', ...process.argv.slice(2)])
