import { join } from 'node:path'
import { run } from './run.ts'
import { builtPages } from './pages.ts'

await run(() => Promise.resolve(builtPages(join(import.meta.dirname, '../client'))), import.meta.filename)
