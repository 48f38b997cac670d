import './check-node.mjs'

const { prepare } = await import('./setup.mjs')
await prepare()
await import(new URL('../dist/server/store/new-epoch-cli.js', import.meta.url).href)
