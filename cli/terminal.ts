import { createPaint, type Paint, wantsColour } from './paint.ts'

/** Where a command reads from and writes to, and what it knows of its surroundings. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>
  stdin: AsyncIterable<Buffer | string>
  /** Whether somebody reads what is printed, rather than a program. */
  isInteractive: boolean
  /** Columns of the window; 80 where nobody knows. */
  columns: number
  paint: Paint
  /** Prints lines that were asked for. */
  print: (text: string) => void
  /** Prints lines beside those, to standard error. */
  note: (text: string) => void
  /** Aborted by Ctrl-C and SIGTERM, once somebody has asked for it; a second one ends the process. */
  interrupted: () => AbortSignal
}

/** The process's own. */
export function ownTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process
  const print = (to: NodeJS.WriteStream) => (text: string) => void to.write(`${text}\n`)
  // `yayin tail … | head` closes the pipe: that is an end, and no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  return {
    env,
    stdin,
    isInteractive: stdout.isTTY,
    columns: stdout.columns || 80,
    paint: createPaint(wantsColour(stdout.isTTY, env)),
    print: print(stdout),
    note: print(stderr),
    interrupted: onceInterrupted(),
  }
}

function onceInterrupted(): () => AbortSignal {
  let controller: AbortController | null = null
  return () => {
    if (controller === null) {
      const made = new AbortController()
      controller = made
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => made.abort())
    }
    return controller.signal
  }
}
