import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { guard } from '../guard.ts'
import { cleanEnvironment } from '../server.ts'

interface Place {
  cwd: string
  env: Record<string, string>
}

/** A program that runs, with all that it starts. */
export interface Program {
  printed(): string
  /** Null while it runs; a signal's name counts as an end too. */
  ended(): number | string | null
  /** Ends the whole group, and resolves once its own process is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a program as the leader of a process group, as a terminal does. */
export function runProgram(command: string, args: string[], { cwd, env }: Place): Program {
  const child = spawn(command, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const release = guard(-child.pid!, '')
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  return {
    printed: () => printed,
    ended: () => child.exitCode ?? child.signalCode,
    async stop(signal = 'SIGTERM') {
      killGroup(child, signal)
      await closed
      release()
    },
  }
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal)
  } catch {
    // All of it has ended.
  }
}
