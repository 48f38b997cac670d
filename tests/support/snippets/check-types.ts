import { execFile } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TSC = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url))
const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  jsx: 'react-jsx',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
}

/** Returns what TypeScript has against the TypeScript that was saved in a folder: nothing, or its words. */
export async function checkTypes(folder: string): Promise<string> {
  const names = await readdir(folder)
  const files = names.filter((name) => /\.tsx?$/.test(name))
  const project = join(folder, 'tsconfig.json')
  await writeFile(project, JSON.stringify({ compilerOptions: OPTIONS, files }))
  return new Promise((resolve) => {
    execFile(TSC, ['-p', project], (error, stdout) => resolve(error === null ? '' : stdout || error.message))
  })
}
