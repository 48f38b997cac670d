import type { Server } from 'node:http'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { type RequestHandler, Router } from 'express'
import { createServer as createVite } from 'vite'
import { mountOf } from './auth/mount.ts'
import { pageAt } from './pages.ts'
import { run } from './run.ts'

const ROOT = join(import.meta.dirname, '..')

/** Serves the pages from their sources, with hot replacement over the same port. */
async function pagesFromSource(server: Server): Promise<RequestHandler> {
  const vite = await createVite({
    root: join(ROOT, 'client'),
    configFile: join(ROOT, 'vite.config.ts'),
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  })
  const pages = Router()
  // Vite's client loads its styles and its own script inline.
  pages.use((_req, res, next) => {
    res.removeHeader('Content-Security-Policy')
    next()
  })
  pages.use(vite.middlewares)
  pages.get('/{*path}', async (req, res) => {
    const html = await readFile(join(ROOT, 'client/index.html'), 'utf8')
    res.type('html').send(pageAt(await vite.transformIndexHtml(req.originalUrl, html), mountOf(req)))
  })
  return pages
}

await run(pagesFromSource)
