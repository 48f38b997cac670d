import { createHash } from 'node:crypto'
import type { RequestHandler, Router } from 'express'
import { mountOf } from '../auth/mount.ts'
import { renderDocs } from './docs-page.ts'
import { DOCS_STYLE } from './docs-style.ts'
import { describeApi } from './openapi.ts'

/** Adds the papers: `/openapi.json`, and `/docs`, which shows it without scripts or any outside host. */
export function papersRoutes(router: Router, version: string): void {
  const papers = describeApi(version)
  router.get('/openapi.json', textOf('application/json; charset=utf-8', JSON.stringify(papers), withServer))
  router.get('/docs', textOf('text/html; charset=utf-8', renderDocs(papers), withMount))
  router.get('/docs/style.css', textOf('text/css; charset=utf-8', DOCS_STYLE))
}

/** `adapt` fits the text to the path that the hub is mounted at. */
function textOf(type: string, text: string, adapt = (plain: string, _mount: string) => plain): RequestHandler {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`
  return (req, res) => {
    res.set({ 'Cache-Control': 'no-cache', ETag: etag })
    if (req.fresh) res.status(304).end()
    else res.set('Content-Type', type).send(adapt(text, mountOf(req)))
  }
}

/** Addresses in the papers are below this; without it, below the root of the site (OpenAPI 3.1 §4.8.1). */
function withServer(json: string, mount: string): string {
  return mount === '' ? json : json.replace('{', `{"servers":[{"url":"${mount}"}],`)
}

function withMount(html: string, mount: string): string {
  return html.replaceAll('href="/', `href="${mount}/`)
}
