/**
 * Every error code that a client can meet: the HTTP status it travels with, a title,
 * and whether the same request may succeed when it is sent again later.
 */
export const ERRORS = {
  malformed_json: { status: 400, title: 'Malformed JSON', retryable: false },
  invalid: { status: 400, title: 'Invalid request', retryable: false },
  invalid_channel: { status: 400, title: 'Invalid channel', retryable: false },
  reserved_type: { status: 400, title: 'Reserved message type', retryable: false },
  unknown_setting: { status: 400, title: 'Unknown setting', retryable: false },
  unauthorized: { status: 401, title: 'Authentication needed', retryable: false },
  invalid_token: { status: 401, title: 'Invalid token', retryable: false },
  invalid_credentials: { status: 401, title: 'Wrong e-mail or password', retryable: false },
  forbidden: { status: 403, title: 'Not allowed', retryable: false },
  forbidden_channel: { status: 403, title: 'Channel not allowed', retryable: false },
  forbidden_host: { status: 403, title: 'Host not allowed', retryable: false },
  cross_origin: { status: 403, title: 'Cross-origin request refused', retryable: false },
  passcode_required: { status: 403, title: 'Passcode needed', retryable: false },
  wrong_passcode: { status: 403, title: 'Wrong passcode', retryable: false },
  room_locked: { status: 403, title: 'Room is locked', retryable: false },
  removed_from_room: { status: 403, title: 'Removed from the room', retryable: false },
  not_in_room: { status: 403, title: 'Not in the room', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  method_not_allowed: { status: 405, title: 'Method not allowed', retryable: false },
  not_acceptable: { status: 406, title: 'Not acceptable', retryable: false },
  request_timeout: { status: 408, title: 'Request took too long', retryable: true },
  conflict: { status: 409, title: 'Conflict', retryable: false },
  room_full: { status: 409, title: 'Room is full', retryable: true },
  room_ended: { status: 410, title: 'Room has ended', retryable: false },
  too_large: { status: 413, title: 'Too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'Not JSON', retryable: false },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  internal: { status: 500, title: 'Internal error', retryable: false },
  unavailable: { status: 503, title: 'Temporarily unavailable', retryable: true },
  too_many_connections: { status: 503, title: 'Too many connections', retryable: true },
  shutting_down: { status: 503, title: 'Shutting down', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

export type ErrorCode = keyof typeof ERRORS

/** One invalid place in a request: a dotted path (empty for the whole) and what is wrong there. */
export interface FieldError {
  path: string
  message: string
}

/** Where a caller stands with a limit, as the RateLimit headers tell it. */
export interface Quota {
  name: string
  /** How much of it there is within the window. */
  limit: number
  windowSeconds: number
  remaining: number
  /** Seconds until there is more. */
  resetSeconds: number
}

interface ErrorOptions {
  /** The invalid places, for `invalid`. */
  errors?: FieldError[]
  /** Seconds after which to try again; sent as `Retry-After`. */
  retryAfterSeconds?: number
  /** The limit that was met, for `rate_limited`. */
  quota?: Quota
  /** What caused it; logged, never sent. */
  cause?: unknown
}

/** An error that may be told to a client: a stable code and a detail in plain words. */
export class YayinError extends Error {
  readonly code: ErrorCode
  readonly errors: FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly quota: Quota | undefined

  constructor(code: ErrorCode, detail: string, options: ErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'YayinError'
    this.code = code
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
    this.quota = options.quota
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}

/** Says that a list was asked to go on from a place that is none of its own. */
export function wrongCursor(text: string): YayinError {
  const message = `${JSON.stringify(text.slice(0, 50))} is no cursor of this list`
  return new YayinError('invalid', `query cursor: ${message}`, { errors: [{ path: 'cursor', message }] })
}

/** The body of every HTTP error, `application/problem+json` (RFC 9457). */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  errors?: FieldError[]
}

/** Builds the problem document of an error. */
export function toProblem(error: YayinError): Problem {
  const { status, title } = ERRORS[error.code]
  return {
    type: `urn:yayin:error:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(error.errors && { errors: error.errors }),
  }
}
