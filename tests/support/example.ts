import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { cleanEnvironment } from './server.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_DEADLINE_MS = 60_000

/** One of the examples, running as a process of its own. Stop it when done. */
export interface Example {
  readonly url: string
  stop(): Promise<void>
}

/** Starts `examples/<name>` as its README says; resolves once its pages can be opened. */
export async function startExample(name: string, env: Record<string, string>): Promise<Example> {
  const port = env.EXAMPLE_PORT ?? String(await freePort())
  const child = spawn(process.execPath, [`examples/${name}/start.mjs`], {
    cwd: ROOT,
    env: { ...cleanEnvironment(), ...env, EXAMPLE_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const release = guard(child.pid!, '')
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (printed += String(text)))
  const ready = () => {
    if (child.exitCode !== null) throw new Error(`the example ended:\n${printed}`)
    return /The example is ready on (\S+)/.exec(printed)?.[1]
  }
  try {
    return { url: await until(ready, { deadlineMs: START_DEADLINE_MS }), stop: () => stop(child).finally(release) }
  } catch (error) {
    await stop(child).finally(release)
    throw new Error(`the example did not get ready:\n${printed}`, { cause: error })
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}
