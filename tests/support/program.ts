import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** A server program of a test's own, in a folder of its own. Stop it when done. */
export interface Program {
  /** What it has said since it was last started, of very much the newest. */
  logs(): string
  /** Ends it; `restart` brings it back with what it has on the disk. */
  end(signal?: NodeJS.Signals): Promise<void>
  /** Ends it unless that was done, starts it, and resolves once it is ready. */
  restart(): Promise<void>
  /** Stops it in mid-work, as a machine that hangs; `thaw` lets it go on. */
  freeze(): void
  thaw(): void
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>
}

interface Launch {
  /** What it is called where it fails. */
  name: string
  path: string
  args: readonly string[]
  /** Its folder, made by `makeProgramDir`. */
  dir: string
  env?: NodeJS.ProcessEnv
  /** Whom it runs as; as this process if absent. */
  identity?: { uid?: number; gid?: number }
  /** What it says once it is ready, or how to tell. */
  ready: RegExp | (() => Promise<boolean>)
  /** How it ends where a test asks for nothing else, and how for good; SIGKILL if absent. */
  signals?: { end?: NodeJS.Signals; stop?: NodeJS.Signals }
}

const DEADLINE_MS = 30_000
const MAX_LOG_CHARACTERS = 1_000_000

/** Makes a folder for a program to keep its files in; its `stop` removes it. */
export function makeProgramDir(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `yayin-${name}-`))
}

/**
 * Starts a program; resolves once it is ready, and leaves nothing behind when it fails. However this process ends, the
 * program and its folder go with it.
 */
export async function startProgram(launch: Launch): Promise<Program> {
  const { dir, signals = {} } = launch
  let current = run(launch)

  async function end(signal = signals.end ?? 'SIGKILL'): Promise<void> {
    await current.end(signal)
  }

  async function stop(): Promise<void> {
    await current.end(signals.stop ?? 'SIGKILL')
    await rm(dir, { recursive: true, force: true })
  }

  try {
    await current.untilReady()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    logs: () => current.log(),
    end,
    async restart() {
      await end()
      current = run(launch)
      await current.untilReady()
    },
    freeze: () => void current.child.kill('SIGSTOP'),
    thaw: () => void current.child.kill('SIGCONT'),
    stop,
  }
}

/** One process of a program, from its start to its end. */
function run({ name, path, args, dir, env = process.env, identity = {}, ready }: Launch) {
  const child = spawn(path, args, { ...identity, cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid === undefined) throw new Error(`${name} did not start`)
  const exited = once(child, 'exit')
  const release = guard(child.pid, dir)
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-MAX_LOG_CHARACTERS)))
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null

  async function untilReady(): Promise<void> {
    const tell = () => hasEnded() || (ready instanceof RegExp ? ready.test(log) : ready())
    await until(tell, { deadlineMs: DEADLINE_MS, what: `${name} is ready` }).catch((error: unknown) => {
      throw new Error(`${name} did not get ready:\n${log}`, { cause: error })
    })
    if (hasEnded()) throw new Error(`${name} ended at start:\n${log}`)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!hasEnded()) child.kill(signal)
    await exited
    release()
  }

  return { child, log: () => log, untilReady, end }
}
