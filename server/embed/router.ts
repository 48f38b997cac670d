import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isMount, setMount } from '../auth/mount.ts'
import { isOwnPath } from './own-paths.ts'
import { isBodyRead, replay } from './replay.ts'

/** Middleware for Express 4 and 5, Connect, and whatever else calls a handler so. */
export type HubRouter = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void

/**
 * Brings an app's requests to the hub's own handler: those for the hub's addresses, below wherever it was mounted. All
 * others go on to what the app has behind it; with `pages` they end at the hub's pages.
 */
export function createHubRouter(handle: RequestListener, pages: boolean): HubRouter {
  return (req, res, next) => {
    const mount = 'baseUrl' in req ? String(req.baseUrl) : ''
    const path = (req.url ?? '/').split('?', 1)[0]!
    if (!isOwnPath(path) && !(pages && isMount(mount))) return next()
    const asked = isBodyRead(req) ? replay(req) : req
    if (asked === null) return next(new Error(LOST_BODY))
    if (isMount(mount)) setMount(asked, mount)
    // The hub's own Express takes the rest of the address for the whole of it.
    handle(Object.assign(asked, { baseUrl: '' }), res)
  }
}

const LOST_BODY = 'Something before the hub has read the body of a request for it; mount hub.router before that.'
