import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { mountOf } from './auth/mount.ts'
import { notFound } from './routes/problem.ts'

const ONE_YEAR_MS = 31_536_000_000

/** Serves the client library alone, at `/lib/client.js`. */
export function builtLibrary(dir: string): RequestHandler {
  const library = Router()
  library.use('/lib', express.static(join(dir, 'lib'), { index: false, redirect: false }))
  return library
}

/**
 * Serves the built pages in `dir`, at the root of a site or below the path that the hub is mounted at; every address
 * without a file of its own gets the one page, which routes by itself.
 */
export function builtPages(dir: string): RequestHandler {
  const html = readFileSync(join(dir, 'index.html'), 'utf8')
  const pages = Router()
  // Files below assets/ carry a hash of their content in their name.
  pages.use('/assets', express.static(join(dir, 'assets'), { immutable: true, maxAge: ONE_YEAR_MS }), notFound())
  pages.use(express.static(dir, { index: false, cacheControl: false, redirect: false }))
  pages.get('/{*path}', (req, res, next) => {
    if (!req.accepts('html')) return next()
    res.setHeader('Cache-Control', 'no-cache')
    res.type('html').send(pageAt(html, mountOf(req)))
  })
  return pages
}

/** Tells the page where it lies, and its files with it: they are named from there. */
export function pageAt(html: string, mount: string): string {
  return html.replace('<html ', `<html data-base="${mount}" `).replaceAll('="./', `="${mount}/`)
}
