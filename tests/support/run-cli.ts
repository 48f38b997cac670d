import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createPaint } from '../../cli/paint.ts'
import { runCommandLine } from '../../cli/run.ts'
import { cleanEnvironment } from './server.ts'

const BIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** The built command line at work; killed when the test is over. */
export interface RunningCli {
  stdout(): string
  stderr(): string
  kill(signal: NodeJS.Signals): void
  /** Resolves with the exit code once it has ended; null when a signal ended it. */
  readonly exited: Promise<number | null>
}

/** Runs `yayin` with these arguments; `input` is what it reads. */
export function runCli(args: readonly string[], env: Record<string, string>, input = ''): RunningCli {
  const child = spawn(process.execPath, [BIN, ...args], { env: { ...cleanEnvironment(), ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (printed[name] += text))
  }
  child.stdin.end(input)
  return {
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    kill: (signal) => child.kill(signal),
    exited: once(child, 'close').then(([code]) => code as number | null),
  }
}

/** What a command that has ended left behind; texts without the line break at their end. */
export interface EndedCli {
  code: number | null
  out: string
  err: string
}

/** Runs a command in this very process, from its sources: for the many that need no process of their own. */
export async function callCli(args: readonly string[], env: Record<string, string>, input = ''): Promise<EndedCli> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommandLine(args, {
    env,
    stdin: Readable.from([input]),
    isInteractive: false,
    columns: 80,
    paint: createPaint(false),
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    interrupted: () => AbortSignal.timeout(60_000),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** Waits until a command has ended. */
export async function ended(cli: RunningCli): Promise<EndedCli> {
  const code = await cli.exited
  return { code, out: cli.stdout().trimEnd(), err: cli.stderr().trimEnd() }
}
