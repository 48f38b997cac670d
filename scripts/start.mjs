import './check-node.mjs'

// Loaded after the check: an old Node can't read these.
const { prepare } = await import('./setup.mjs')
await prepare()
if (!process.env.NODE_ENV) process.env.NODE_ENV = 'production'
// In this very process, so that signals reach the server and its exit code is ours.
await import(new URL('../dist/server/index.js', import.meta.url).href)
