import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { notFound } from './routes/problem.ts'

const ONE_YEAR_MS = 31_536_000_000

/** Serves the client library alone, at `/lib/client.js`. */
export function builtLibrary(dir: string): RequestHandler {
  const library = Router()
  library.use('/lib', express.static(join(dir, 'lib'), { index: false, redirect: false }))
  return library
}

/** Serves the built pages in `dir`; every address without a file of its own gets the one page, which routes by itself. */
export function builtPages(dir: string): RequestHandler {
  const pages = Router()
  // Files below assets/ carry a hash of their content in their name.
  pages.use('/assets', express.static(join(dir, 'assets'), { immutable: true, maxAge: ONE_YEAR_MS }), notFound())
  pages.use(express.static(dir, { index: false, cacheControl: false, redirect: false }))
  pages.get('/{*path}', (req, res, next) => {
    if (!req.accepts('html')) return next()
    res.setHeader('Cache-Control', 'no-cache')
    res.sendFile('index.html', { root: dir, cacheControl: false })
  })
  return pages
}
