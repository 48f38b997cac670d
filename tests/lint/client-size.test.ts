import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, it } from 'vitest'

const CONFIG = fileURLToPath(new URL('../../vite.library.config.ts', import.meta.url))
/** 4 KB, less what gzip's own program needs more than Node's. */
const MOST_BYTES = 4096 - 20

interface Chunk {
  type: string
  fileName: string
  isEntry: boolean
  imports: string[]
  code: string
}

/** Builds the library as it is published, without writing it. */
async function chunksOfLibrary(): Promise<Chunk[]> {
  const results = (await build({
    configFile: CONFIG,
    logLevel: 'error',
    build: { write: false, sourcemap: false },
  })) as unknown as { output: Chunk[] }[]
  return results.flatMap(({ output }) => output).filter(({ type }) => type === 'chunk')
}

it('takes at most 4 KB, compressed, to receive and to resume', async () => {
  const chunks = await chunksOfLibrary()
  const entry = chunks.find(({ isEntry }) => isEntry)!
  expect(entry.fileName).toBe('client.js')
  // What else has to be there before it runs; the rest is loaded when it is wanted.
  const needed = [entry, ...chunks.filter(({ fileName }) => entry.imports.includes(fileName))]
  const bytes = needed.reduce((sum, { code }) => sum + gzipSync(code).length, 0)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
  const onDemand = chunks.filter((chunk) => !needed.includes(chunk)).map(({ fileName }) => fileName.split('-')[0])
  expect(new Set(onDemand)).toEqual(new Set(['assets/actions', 'assets/request', 'assets/share', 'assets/socket']))
}, 60_000)
