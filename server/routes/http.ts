import type { Request, Response, Router } from 'express'
import type { z } from 'zod'
import type { Operation } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Authenticated, Authenticator } from '../auth/authenticate.ts'
import type { Caller } from '../auth/caller.ts'
import { clientIp } from '../auth/client-ip.ts'
import { mountOf } from '../auth/mount.ts'
import { isSameOrigin } from '../auth/origin.ts'
import { may, type Action } from '../auth/policy.ts'
import { sessionCookie } from '../auth/session-cookie.ts'
import { readJsonBody } from './json-body.ts'
import { parseInput, parseQuery, takesNothing } from './validate.ts'

/** What every route needs. */
export interface RouteDeps {
  authenticator: Pick<Authenticator, 'authenticate'>
  settings: LiveSettings
  /** The origin that users see, when a proxy changes it; null when it is the request's own. */
  publicUrl: string | null
}

/** A request that was let in: who makes it, and its parts as the operation's schemas read them. */
export interface AuthedRequest<P = unknown, Q = unknown, B = unknown> {
  caller: Caller
  /** The client's address; IPv4 in its usual form. */
  ip: string
  params: P
  query: Q
  body: B
  raw: Request
}

interface RouteOptions {
  /** Largest body, after inflation; read at each request. */
  maxBodyBytes?: () => number
  /** Reads the body, when it may be something else than JSON. */
  readBody?: (req: Request, res: Response, maxBytes: number) => Promise<unknown>
}

/** An answer that is already JSON text, sent as it is. */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Answer<R extends z.ZodType> = z.input<R> | JsonText
type Handler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = (
  request: AuthedRequest<z.output<P>, z.output<Q>, z.output<B>>,
  response: Response,
) => Answer<R> | Promise<Answer<R>>

const DEFAULT_MAX_BODY_BYTES = 1_048_576

/**
 * Serves `operation` on `router`: lets the caller in or not, reads the request by the operation's schemas,
 * calls `handler`, and sends its answer as JSON. Errors go on to the router's error handler.
 */
export function defineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  router: Router,
  operation: Operation<P, Q, B, R>,
  handler: Handler<P, Q, B, R>,
  deps: RouteDeps,
  options: RouteOptions = {},
): void {
  const maxBodyBytes = options.maxBodyBytes ?? (() => DEFAULT_MAX_BODY_BYTES)
  const readBody = options.readBody ?? readJsonBody
  const bodyless = takesNothing(operation.body)
  router[operation.method](operation.path, async (req, res) => {
    const caller = await admit(req, res, operation.access, deps)
    const params = parseInput(operation.params, req.params, 'path')
    const query = parseQuery(operation.query, req.query)
    const body = parseInput(operation.body, bodyless ? {} : await readBody(req, res, maxBodyBytes()), 'body')
    const answer = await handler({ caller, ip: clientIp(req), params, query, body, raw: req }, res)
    send(res, operation.status, answer)
  })
}

/** Identifies who makes a request and checks that they may; throws a YayinError otherwise. */
export async function admit(
  req: Request,
  res: Response,
  access: Operation['access'],
  deps: RouteDeps,
): Promise<Caller> {
  const { authorization, cookie } = req.headers
  const identity = await deps.authenticator.authenticate({ authorization, cookie })
  // The problem handler names the caller of a refused request in the event log.
  res.locals['caller'] = identity.caller
  if (identity.via === 'cookie') checkOrigin(req, deps.publicUrl)
  checkAccess(identity.caller, access, deps.settings)
  renewCookie(req, res, identity, deps.publicUrl)
  return identity.caller
}

const ACTIONS: Record<Exclude<Operation['access'], 'open'>, Action> = {
  view: { kind: 'view' },
  admin: { kind: 'administer' },
  tokens: { kind: 'make_token' },
}

function checkAccess(caller: Caller, access: Operation['access'], settings: LiveSettings): void {
  if (access !== 'open') assertMay(caller, ACTIONS[access], settings)
}

/** Throws what `may` says against it. */
export function assertMay(caller: Caller, action: Action, settings: Pick<LiveSettings, 'values'>): void {
  const decision = may(caller, action, settings.values)
  if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

function checkOrigin(req: Request, publicUrl: string | null): void {
  if (SAFE_METHODS.has(req.method)) return
  const { origin } = req.headers
  if (isSameOrigin(origin, `${req.protocol}://${req.host}`, publicUrl)) return
  const found = origin === undefined ? 'it has none' : 'its Origin is another'
  throw new YayinError(
    'cross_origin',
    `A ${req.method} request that is signed in by cookie must carry this site's own Origin; ${found}. ` +
      'Send the token as Authorization: Bearer instead.',
  )
}

function renewCookie(req: Request, res: Response, identity: Authenticated, publicUrl: string | null): void {
  if (identity.via !== 'cookie' || identity.renewed === null) return
  const { token, expiresAt } = identity.renewed
  res.append('Set-Cookie', sessionCookie(token, { expiresAt, secure: isSecure(req, publicUrl), mount: mountOf(req) }))
}

/** Tells whether the client came by https, be it as far as a proxy that PUBLIC_URL names. */
export function isSecure(req: Request, publicUrl: string | null): boolean {
  if (req.secure) return true
  return publicUrl !== null && publicUrl.startsWith('https:') && new URL(publicUrl).host === req.host
}

function send(res: Response, status: number, answer: unknown): void {
  // A handler may have chosen another one.
  if (res.statusCode === 200) res.statusCode = status
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store')
  if (status === 204) {
    res.end()
    return
  }
  const text = answer instanceof JsonText ? answer.text : JSON.stringify(answer)
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.setHeader('Content-Length', Buffer.byteLength(text))
  res.end(text)
}
