import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/**
 * Starts a thread whose program is `name` beside the file at `home`, an `import.meta.url`: JavaScript in a build,
 * TypeScript in tests and development. `data` becomes its `workerData`.
 */
export function startWorker(home: string, name: string, data: object = {}): Worker {
  const built = new URL(`${name}.js`, home)
  if (existsSync(built)) return new Worker(built, { workerData: data })
  const program = new URL(`${name}.ts`, home).href
  return new Worker(new URL('worker-from-source.mjs', import.meta.url), { workerData: { ...data, program } })
}
