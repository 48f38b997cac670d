import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { forwardRequests, forwardUpgrades } from './forward.mjs'
import { findHub } from './hub.mjs'
import { Refusal } from './refusal.mjs'

/** @type {import('express').ErrorRequestHandler} */
const tellRefusal = (error, _req, res, _next) => {
  const known = error instanceof Refusal || (error.status >= 400 && error.status < 500)
  if (!known) process.stderr.write(`${error.stack}\n`)
  res.status(known ? error.status : 500).json({ detail: known ? error.message : 'Something went wrong here.' })
}

/**
 * @typedef {object} Site
 * @property {string} folder the example's folder; its `page` folder is served
 * @property {number} port where it listens, unless EXAMPLE_PORT says otherwise
 * @property {(app: import('express').Express, hub: import('./hub.mjs').Hub) => void | Promise<void>} [routes] adds
 *   the example's own addresses
 * @property {boolean} [inline] whether its page holds its script and style in itself
 */

/**
 * Runs an example's server until it is told to stop: its pages, its own addresses, and the hub's behind it, at /api and
 * /ws. With PUBLIC_HUB_URL pages call the hub there instead.
 * @param {Site} site
 */
export async function runSite({ folder, port: usualPort, routes, inline = false }) {
  const port = Number(process.env.EXAMPLE_PORT ?? usualPort)
  const hub = await findHub(`http://localhost:${port}`)
  const publicHubUrl = process.env.PUBLIC_HUB_URL ?? null
  const app = express()
  app.disable('x-powered-by')
  app.use(pageHeaders(publicHubUrl, inline))
  app.get('/hub.json', (_req, res) => void res.json({ url: publicHubUrl }))
  app.use('/kit', express.static(fileURLToPath(new URL('page', import.meta.url))))
  app.use(express.static(`${folder}/page`))
  await routes?.(app, hub)
  // The hub serves its client library too, at /lib/client.js.
  app.use(['/api', '/lib'], forwardRequests(hub.url))
  app.use(tellRefusal)
  const server = createServer(app)
  server.on('upgrade', forwardUpgrades(hub.url))
  server.listen(port, 'localhost')
  await once(server, 'listening')
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  process.stdout.write(`The example is ready on http://localhost:${address.port}\n`)
  stopOnSignal(server, hub)
}

/**
 * @param {string | null} publicHubUrl
 * @param {boolean} inline
 * @returns {import('express').RequestHandler}
 */
function pageHeaders(publicHubUrl, inline) {
  const own = inline ? "'self' 'unsafe-inline'" : "'self'"
  const hub = publicHubUrl === null ? '' : ` ${publicHubUrl} ${publicHubUrl.replace(/^http/, 'ws')}`
  const policy = [
    "default-src 'self'",
    `script-src ${own}`,
    `style-src ${own}`,
    "img-src 'self' data:",
    `connect-src 'self'${hub}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  return (_req, res, next) => {
    res.setHeader('Content-Security-Policy', policy)
    res.setHeader('X-Content-Type-Options', 'nosniff')
    res.setHeader('Referrer-Policy', 'no-referrer')
    next()
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {import('./hub.mjs').Hub} hub
 */
function stopOnSignal(server, hub) {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    server.close()
    server.closeAllConnections()
    void hub.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
