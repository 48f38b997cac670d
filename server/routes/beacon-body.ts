import { text, type Request, type Response } from 'express'
import { readJsonBody } from './json-body.ts'
import { bodyError } from './body-error.ts'

const FORM = 'application/x-www-form-urlencoded'

/**
 * Reads the body of a request that `navigator.sendBeacon` may have made, which sends JSON only where that needs no
 * preflight: as JSON, as a form, or as a text that is the token itself or JSON. Undefined when there is none.
 * Throws as `readJsonBody` does.
 */
export async function readBeacon(req: Request, res: Response, maxBytes: number): Promise<unknown> {
  if (!req.is([FORM, 'text/plain'])) return readJsonBody(req, res, maxBytes)
  const body = await readText(req, res, maxBytes)
  if (body.trim() === '') return undefined
  return req.is(FORM) ? Object.fromEntries(new URLSearchParams(body)) : fromText(body.trim())
}

async function readText(req: Request, res: Response, maxBytes: number): Promise<string> {
  const parse = text({ limit: maxBytes, type: () => true })
  try {
    await new Promise<void>((resolve, reject) => {
      parse(req, res, (error?: unknown) => (error instanceof Error ? reject(error) : resolve()))
    })
  } catch (error) {
    throw bodyError(error, maxBytes)
  }
  return typeof req.body === 'string' ? req.body : ''
}

function fromText(body: string): unknown {
  if (!body.startsWith('{')) return { token: body }
  try {
    return JSON.parse(body) as unknown
  } catch {
    return { token: body }
  }
}
