import { z } from 'zod'
import { YayinError } from '../../shared/errors.ts'
import { invalidInput } from './validate.ts'

/** What an error carries beside its message, by the libraries that throw it. */
interface Clues {
  code: string
  message: string
  syscall: string
  status: number
}

/** Turns whatever a route threw into an error that may be told; others' texts stay behind, as its cause. */
export function toYayinError(error: unknown): YayinError {
  if (error instanceof YayinError) return error
  if (error instanceof z.ZodError) return invalidInput(error)
  return fromPath(error) ?? fromDatabase(error) ?? fromExpress(error) ?? internal(error)
}

function internal(cause: unknown): YayinError {
  return new YayinError('internal', 'Something went wrong here; it has been logged.', { cause })
}

/** Percent-encoding in the path that is none: `/api/connections/%zz`. */
function fromPath(cause: unknown): YayinError | null {
  if (!(cause instanceof URIError)) return null
  return new YayinError('invalid', 'The path is not validly percent-encoded.', { cause })
}

const AWAY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // Cancelled by statement_timeout; ended by an administrator, a crash, a start that is not done; read-only.
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '25006',
  // Lost against another transaction.
  '40001',
  '40P01',
])
// Connection exceptions; insufficient resources: disk, memory, connections.
const AWAY_CLASSES = /^(08|53)\w{3}$/
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after|Client was closed|Client has encountered a connection error|Query read timeout)/

/** Text that Postgres can't hold: a NUL, or characters outside of the database's encoding. */
const BAD_TEXT_CODES: ReadonlySet<string> = new Set(['22021', '22P05'])

function fromDatabase(cause: unknown): YayinError | null {
  for (let error = cause, i = 0; error instanceof Error && i < 5; error = error.cause, i++) {
    if (isAway(cluesOf(error))) {
      return new YayinError('unavailable', 'The database is away; try again.', { retryAfterSeconds: 2, cause })
    }
    if (BAD_TEXT_CODES.has(cluesOf(error).code)) {
      return new YayinError('invalid', 'The request holds text that cannot be stored or searched for.', { cause })
    }
  }
  return null
}

function isAway({ code, message, syscall }: Clues): boolean {
  if (AWAY_CODES.has(code) || AWAY_CLASSES.test(code) || AWAY_MESSAGES.test(message)) return true
  // The embedded database listens on a socket file.
  return code === 'ENOENT' && syscall === 'connect'
}

/** Errors of Express and its static files, which carry a status. */
function fromExpress(cause: unknown): YayinError | null {
  const { status } = cluesOf(cause)
  if (status === 404) return new YayinError('not_found', 'There is nothing here.', { cause })
  if (status === 403) return new YayinError('forbidden', 'This is not to be had.', { cause })
  return status >= 400 && status < 500 ? new YayinError('invalid', 'The request is malformed.', { cause }) : null
}

function cluesOf(error: unknown): Clues {
  const clues = (typeof error === 'object' && error !== null ? error : {}) as Partial<Record<keyof Clues, unknown>>
  return {
    code: String(clues.code ?? ''),
    message: String(clues.message ?? ''),
    syscall: String(clues.syscall ?? ''),
    status: Number(clues.status ?? 0),
  }
}
