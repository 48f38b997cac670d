import './check-node.mjs'

// Loaded after the check: an old Node can't read these.
const { prepare } = await import('./setup.mjs')
const { readOptions } = await import('./demo-options.mjs')
const options = readOptions(process.argv.slice(2))
await prepare()
// In this very process, so that Ctrl-C reaches it once.
const { register } = await import('tsx/esm/api')
register()
const { runDemo } = await import('./demo/run.ts')
process.exitCode = await runDemo(options)
