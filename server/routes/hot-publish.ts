import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse as parseQueryString } from 'node:querystring'
import { broadcast } from '../../shared/api.ts'
import type { Quota } from '../../shared/errors.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import type { Caller } from '../auth/caller.ts'
import { parseExact } from '../../shared/exact-json.ts'
import { maxBodyBytes, type Publish } from './broadcast.ts'
import { parseJsonBytes } from './json-body.ts'
import { setRateLimitHeaders } from './rate-limit-headers.ts'
import { parseQuery } from './validate.ts'

/*
 * The usual publish, past Express: what Express does to a request (its prototypes above all) costs several times as
 * much as everything else here. Whatever is out of the ordinary goes to the ordinary route, which answers the same.
 */

export interface HotPublishDeps {
  authenticator: Pick<Authenticator, 'authenticate'>
  settings: LiveSettings
  publish: Publish
}

/** Answers one publish; rejects with what kept it from being published. `noteCaller` hears who asks. */
export type HotPublish = (
  req: IncomingMessage,
  res: ServerResponse,
  noteCaller: (caller: Caller) => void,
) => Promise<void>

const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i
const NO_QUERY = parseQuery(broadcast.query, {})

/** Tells whether a request for `POST /api/broadcast` is a usual one: a plain JSON body of known length, by a token. */
export function isUsual({ headers }: IncomingMessage, limitBytes: number): boolean {
  const length = Number(headers['content-length'])
  return (
    length > 0 &&
    length <= limitBytes &&
    headers.authorization !== undefined &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    JSON_TYPE.test(headers['content-type'] ?? '')
  )
}

/** Creates the short way to {@link Publish}; only for requests that `isUsual` takes. */
export function createHotPublish({ authenticator, publish }: HotPublishDeps): HotPublish {
  return async (req, res, noteCaller) => {
    const found = authenticator.authenticate({ authorization: req.headers.authorization })
    const { caller } = found instanceof Promise ? await found : found
    noteCaller(caller)
    const { url = '' } = req
    const at = url.indexOf('?')
    const query = at < 0 ? NO_QUERY : parseQuery(broadcast.query, parseQueryString(url.slice(at + 1)))
    const bytes = await readBytes(req)
    if (bytes === null) return
    const idempotencyKey = req.headers['idempotency-key']
    const noteQuota = (quota: Quota) => setRateLimitHeaders(res, quota)
    const { traceparent } = req.headers
    const sent = parseJsonBytes(bytes, parseExact)
    const { status, body } = await publish({ caller, query, body: sent, idempotencyKey, traceparent, noteQuota })
    const text = JSON.stringify(body)
    res.writeHead(status, {
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    res.end(text)
  }
}

/** Tells the largest body that the short way takes. */
export function hotLimitBytes(settings: LiveSettings): number {
  return maxBodyBytes(settings.values)
}

/** Resolves with the whole body, or null when the client went away in the middle of it. */
function readBytes(req: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    req.on('error', () => resolve(null))
  })
}
