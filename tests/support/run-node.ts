import { spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { guard } from './guard.ts'
import { cleanEnvironment } from './server.ts'

/** A program at work; killed when the test is over. */
export interface RunningNode {
  /** All that it has printed. */
  output(): string
}

/** Runs Node with these arguments in a folder that is the test's own. */
export function runNode(args: readonly string[], cwd: string): RunningNode {
  const child = spawn(process.execPath, args, { cwd, env: { ...cleanEnvironment(), TMPDIR: cwd } })
  if (child.pid === undefined) throw new Error('the program did not start')
  const release = guard(child.pid, cwd)
  onTestFinished(() => {
    child.kill('SIGKILL')
    release()
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return { output: () => output }
}
