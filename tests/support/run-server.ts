import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { guard } from './guard.ts'
import { cleanEnvironment, ENTRY } from './server.ts'

/** A server process of which nothing is expected; it is killed when the test is over. */
export interface RunningServer {
  readonly pid: number
  stdout(): string
  stderr(): string
  kill(signal: NodeJS.Signals): void
  /** Resolves with the exit code once it has ended; null when a signal ended it. */
  readonly exited: Promise<number | null>
}

/** Runs the built server, to see how it starts and ends. */
export function runServer(env: Record<string, string>): RunningServer {
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...cleanEnvironment(), PORT: '0', STUN_URLS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid === undefined) throw new Error('the server did not start')
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (printed[name] += text))
  }
  const exited = once(child, 'close').then(([code]) => code as number | null)
  const release = guard(child.pid, '')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
    release()
  })
  return {
    pid: child.pid,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    kill: (signal) => child.kill(signal),
    exited,
  }
}
