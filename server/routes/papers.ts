import { createHash } from 'node:crypto'
import type { RequestHandler, Router } from 'express'
import { renderDocs } from './docs-page.ts'
import { DOCS_STYLE } from './docs-style.ts'
import { describeApi } from './openapi.ts'

/** Adds the papers: `/openapi.json`, and `/docs`, which shows it without scripts or any outside host. */
export function papersRoutes(router: Router, version: string): void {
  const papers = describeApi(version)
  router.get('/openapi.json', textOf('application/json; charset=utf-8', JSON.stringify(papers)))
  router.get('/docs', textOf('text/html; charset=utf-8', renderDocs(papers)))
  router.get('/docs/style.css', textOf('text/css; charset=utf-8', DOCS_STYLE))
}

function textOf(type: string, text: string): RequestHandler {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`
  return (req, res) => {
    res.set({ 'Cache-Control': 'no-cache', ETag: etag })
    if (req.fresh) res.status(304).end()
    else res.set('Content-Type', type).send(text)
  }
}
