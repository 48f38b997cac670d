/** What the process ends with. */
export const EXIT = {
  ok: 0,
  /** What was asked for did not work: the hub said no, or the doctor found a fault. */
  failed: 1,
  /** An argument, an option or an environment variable is wrong. */
  usage: 2,
  /** No hub answers at the address. */
  unreachable: 3,
  /** The key or token is missing, wrong, or not allowed to do this. */
  refused: 4,
} as const

/** An end that was foreseen; `message` is one plain line with what went wrong and what to do. */
export class CliFailure extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliFailure'
    this.exitCode = exitCode
  }
}

/** Something on the command line or in the environment is wrong. */
export function usageFailure(message: string): CliFailure {
  return new CliFailure(EXIT.usage, message)
}
