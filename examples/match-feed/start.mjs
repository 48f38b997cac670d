import { prepare } from '../../scripts/setup.mjs'

await prepare()
await import('./server.mjs')
