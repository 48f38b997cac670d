import { fileURLToPath } from 'node:url'
import { prepare } from '../../scripts/setup.mjs'

await prepare()
const { runSite } = await import('../kit/site.mjs')
await runSite({ folder: fileURLToPath(new URL('.', import.meta.url)), port: 4001, inline: true })
