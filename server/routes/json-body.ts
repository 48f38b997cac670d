import { isUtf8 } from 'node:buffer'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { YayinError } from '../../shared/errors.ts'
import { BODY_REFUSED, bodyError, tooLarge } from './body-error.ts'

/** Deepest nesting of objects and arrays; far deeper ones overflow the stack of JSON.stringify. */
const MAX_DEPTH = 500

/** Makes a value of JSON text; throws a SyntaxError for what is none. */
type Parse = (text: string) => unknown

/**
 * Reads a request's body as JSON in UTF-8; undefined when it has none. `maxBytes` counts after inflation.
 * Throws `too_large`, `unsupported_media_type` and `malformed_json`; `isAborted` knows what is thrown when the
 * client goes away.
 */
export async function readJsonBody(
  req: Request,
  res: Response,
  maxBytes: number,
  parse: Parse = JSON.parse,
): Promise<unknown> {
  const length = req.headers['content-length']
  const chunked = req.headers['transfer-encoding'] !== undefined
  if (!chunked && (length === undefined || Number(length) === 0)) return undefined
  checkMediaType(req)
  // Refused before a byte of it is read, so that the client need not send it all.
  if (Number(length) > maxBytes) throw tooLarge(maxBytes)
  try {
    await run(parserFor(maxBytes), req, res)
  } catch (error) {
    throw bodyError(error, maxBytes)
  }
  return parseJsonBytes(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0), parse)
}

function checkMediaType(req: Request): void {
  const type = req.headers['content-type']
  if (req.is(['application/json', 'application/*+json'])) {
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type ?? '')?.[1] ?? 'utf-8'
    if (/^utf-?8$/i.test(charset)) return
    throw new YayinError('unsupported_media_type', 'The body must be JSON in UTF-8.')
  }
  const found = type === undefined ? 'has no Content-Type' : 'is of another type'
  throw new YayinError('unsupported_media_type', `The body ${found}; send JSON with Content-Type: application/json.`)
}

const parsers = new Map<number, RequestHandler>()

/** The limit follows a live setting and rarely changes: one parser a limit. */
function parserFor(maxBytes: number): RequestHandler {
  const known = parsers.get(maxBytes)
  if (known !== undefined) return known
  if (parsers.size >= 20) parsers.clear()
  const parser = express.raw({ limit: maxBytes, type: () => true })
  parsers.set(maxBytes, parser)
  return parser
}

function run(parser: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: unknown) => (error instanceof Error ? reject(error) : resolve())
    void parser(req, res, done)
  })
}

/** Reads JSON text in UTF-8; throws `malformed_json`. */
export function parseJsonBytes(bytes: Buffer, parse: Parse): unknown {
  try {
    checkBytes(bytes)
    return parse(withoutMark(bytes).toString('utf8'))
  } catch (error) {
    const cause = error instanceof SyntaxError ? Object.assign(error, { type: 'entity.parse.failed' }) : error
    throw bodyError(cause, bytes.length)
  }
}

/** Passes over a byte order mark, which RFC 8259 §8.1 allows to be ignored and some editors write. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

/** Checks what JSON.parse lets pass: no text at all, bytes that are no UTF-8, nesting without end. */
function checkBytes(bytes: Buffer): void {
  if (bytes.length === 0) throw refuse('The body is empty; send JSON.')
  if (!isUtf8(bytes)) throw refuse('The body is not valid UTF-8.')
  if (bytes.length > MAX_DEPTH && depth(bytes) > MAX_DEPTH) {
    throw refuse(`The JSON is nested deeper than ${MAX_DEPTH} levels.`)
  }
}

function refuse(detail: string): Error {
  return Object.assign(new Error(detail), { type: BODY_REFUSED })
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b
const CLOSE_ARRAY = 0x5d
const CLOSE_OBJECT = 0x7d

/** Returns how deep brackets outside of strings nest. */
function depth(bytes: Buffer): number {
  let level = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inString) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) deepest = Math.max(deepest, ++level)
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) level--
  }
  return deepest
}
