import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Operation } from '../../shared/api.ts'
import { toProblem, YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { clientIp } from '../auth/client-ip.ts'
import type { EventLog } from '../store/event-log.ts'
import { isAborted } from './body-error.ts'
import { toYayinError } from './map-error.ts'
import { setRateLimitHeaders } from './rate-limit-headers.ts'

/** Who made a request that failed, as far as it is known. */
export interface Requester {
  caller: Caller | undefined
  ip: string
}

/** Answers a failed request as `application/problem+json` (RFC 9457), and records what matters. */
export type ProblemSender = (req: IncomingMessage, res: ServerResponse, cause: unknown, from: Requester) => void

/** Where it is told what was not served. */
export interface ProblemReaders {
  log: Logger
  eventLog: EventLog
  /** Counts refusals by code. */
  noteRefusal: (code: string) => void
}

/** Creates the one place that turns errors into HTTP. */
export function createProblemSender(readers: ProblemReaders): ProblemSender {
  return (req, res, cause, from) => {
    if (isAborted(cause) || req.socket.destroyed) {
      req.socket.destroy()
      return
    }
    const error = toYayinError(cause)
    reportProblem(error, req, from, readers)
    // An answer that has begun can't turn into a problem; cutting it shows that it is not whole.
    if (res.headersSent) req.socket.destroy()
    else sendProblem(res, error)
  }
}

/** Brings the errors of Express' routes to the problem sender. */
export function problemHandler(sendProblemOf: ProblemSender): ErrorRequestHandler {
  return (cause: unknown, req, res, _next) => {
    sendProblemOf(req, res, cause, { caller: res.locals['caller'] as Caller | undefined, ip: clientIp(req) })
  }
}

/** Answers 404, or 400 when the path can't be decoded; for whatever no route took. */
export function notFound(): RequestHandler {
  return (req, _res, next) => {
    try {
      decodeURIComponent(req.path)
      next(new YayinError('not_found', `There is nothing at ${pathOf(req)}.`))
    } catch (error) {
      next(error)
    }
  }
}

/** Answers 405 with `Allow` when an operation has this path, by another method; `OPTIONS` is told the
 * same with 204. Mount it behind the routes. */
export function methodNotAllowed(operations: Iterable<Pick<Operation, 'method' | 'path'>>): RequestHandler {
  const routes = [...operations].map(({ method, path }) => ({ method: method.toUpperCase(), path: pathRegExp(path) }))
  return (req, res, next) => {
    const methods = routes.filter((route) => route.path.test(req.baseUrl + req.path)).map((route) => route.method)
    if (methods.length === 0) return next()
    const allowed = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
    res.setHeader('Allow', allowed.join(', '))
    if (req.method === 'OPTIONS') return void res.status(204).end()
    next(new YayinError('method_not_allowed', `${req.method} is not possible here; ${allowed.join(', ')} is.`))
  }
}

/** Matches what an operation's path stands for: any segment for `:id`, whatever the case, a final slash or none. */
export function pathRegExp(path: string): RegExp {
  const source = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)))
    .join('/')
  return new RegExp(`^${source}/?$`, 'i')
}

function sendProblem(res: ServerResponse, error: YayinError): void {
  if (error.retryAfterSeconds !== undefined) res.setHeader('Retry-After', Math.ceil(error.retryAfterSeconds))
  if (error.quota !== undefined) setRateLimitHeaders(res, error.quota)
  // RFC 6750 §3: a token that was sent and is bad is named as such.
  if (error.code === 'invalid_token') res.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"')
  else if (error.status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
  const text = JSON.stringify(toProblem(error))
  res.statusCode = error.status
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Content-Type', 'application/problem+json; charset=utf-8')
  res.setHeader('Content-Length', Buffer.byteLength(text))
  res.end(text)
}

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 429])

/** Records what became of a request that was not served. */
export function reportProblem(
  error: YayinError,
  req: IncomingMessage,
  from: Requester,
  { log, eventLog, noteRefusal }: ProblemReaders,
): void {
  noteRefusal(error.code)
  const actor = from.caller === undefined ? 'anonymous' : actorOf(from.caller)
  const data = { status: error.status, code: error.code, method: req.method, path: pathOf(req), ip: from.ip }
  // A failed sign-in is recorded where it is known whose it was.
  if (error.code === 'invalid_credentials') return
  if (REFUSALS.has(error.status)) {
    const refusal = { ...data, reason: error.message }
    eventLog.record({ level: 'warn', type: 'refused', message: 'Request refused', data: refusal, actor })
  } else if (error.status === 500) {
    log.error({ err: error.cause ?? error, method: data.method, path: data.path }, 'request failed')
    eventLog.record({ level: 'error', type: 'error', message: 'Request failed', data, actor })
  } else if (error.status === 503) {
    log.debug({ err: error.cause ?? error, method: data.method, path: data.path }, 'request could not be served')
  }
}

/** The path without its query, which may hold a token. */
function pathOf(req: IncomingMessage): string {
  // Express rewrites `url` below a mount point and keeps what was sent.
  const url = 'originalUrl' in req ? String(req.originalUrl) : (req.url ?? '')
  return shorten(url.split('?', 1)[0] ?? '')
}

function shorten(path: string): string {
  return path.length <= 200 ? path : `${path.slice(0, 200)}…`
}
