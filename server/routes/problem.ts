import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Operation } from '../../shared/api.ts'
import { toProblem, YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { clientIp } from '../auth/client-ip.ts'
import type { EventLog } from '../store/event-log.ts'
import { isAborted } from './body-error.ts'
import { toYayinError } from './map-error.ts'

/** Answers every error of the HTTP API as `application/problem+json` (RFC 9457), and records what matters. */
export function problemHandler(log: Logger, eventLog: EventLog): ErrorRequestHandler {
  return (cause: unknown, req, res, _next) => {
    if (isAborted(cause) || req.socket.destroyed) {
      req.socket.destroy()
      return
    }
    const error = toYayinError(cause)
    report(error, req, res, log, eventLog)
    // An answer that has begun can't turn into a problem; cutting it shows that it is not whole.
    if (res.headersSent) req.socket.destroy()
    else sendProblem(res, error)
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

/** Answers 405 with `Allow` when an operation has this path, by another method. Mount it behind the routes. */
export function methodNotAllowed(operations: Iterable<Pick<Operation, 'method' | 'path'>>): RequestHandler {
  const routes = [...operations].map(({ method, path }) => ({ method: method.toUpperCase(), path: pathRegExp(path) }))
  return (req, res, next) => {
    const methods = routes.filter((route) => route.path.test(req.baseUrl + req.path)).map((route) => route.method)
    if (methods.length === 0) return next()
    const allowed = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
    res.setHeader('Allow', allowed.join(', '))
    next(new YayinError('method_not_allowed', `${req.method} is not possible here; ${allowed.join(', ')} is.`))
  }
}

function pathRegExp(path: string): RegExp {
  const source = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)))
    .join('/')
  return new RegExp(`^${source}/?$`, 'i')
}

function sendProblem(res: Response, error: YayinError): void {
  if (error.retryAfterSeconds !== undefined) res.setHeader('Retry-After', Math.ceil(error.retryAfterSeconds))
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

function report(error: YayinError, req: Request, res: Response, log: Logger, eventLog: EventLog): void {
  const caller = res.locals['caller'] as Caller | undefined
  const actor = caller === undefined ? 'anonymous' : actorOf(caller)
  const data = { status: error.status, code: error.code, method: req.method, path: pathOf(req), ip: clientIp(req) }
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
function pathOf(req: Request): string {
  return shorten(req.originalUrl.split('?', 1)[0] ?? '')
}

function shorten(path: string): string {
  return path.length <= 200 ? path : `${path.slice(0, 200)}…`
}
