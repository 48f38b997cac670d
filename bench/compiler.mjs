import { spawnSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Compiles a C program of this folder, unless that was done since it was last changed; null without a compiler.
 * @param {string} source from this folder
 * @returns {string | null} the program
 */
export function compiled(source) {
  const file = fileURLToPath(new URL(source, import.meta.url))
  const folder = join(tmpdir(), `yayin-bench-${userInfo().uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const program = join(folder, basename(source, '.c'))
  if (changedAtMs(program) > changedAtMs(file)) return program
  const { status } = spawnSync('cc', ['-O2', '-o', program, file], { stdio: 'ignore' })
  return status === 0 ? program : null
}

/** @param {string} path */
function changedAtMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
