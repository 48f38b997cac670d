import { once } from 'node:events'
import type { Response } from 'express'

interface LinesOptions {
  contentType: string
  /** What the browser saves it as. */
  fileName: string
}

/**
 * Answers with text that comes piece by piece, as fast as the client takes it. Ends early when the client goes; an
 * error after the head is out breaks the connection off, so that nobody takes a part for the whole.
 */
export async function streamLines(
  res: Response,
  pieces: AsyncIterable<string>,
  { contentType, fileName }: LinesOptions,
): Promise<void> {
  const gone = new AbortController()
  res.on('close', () => gone.abort())
  res.setHeader('Content-Type', contentType)
  res.setHeader('Content-Disposition', `attachment; filename="${fileName}"`)
  res.setHeader('Cache-Control', 'no-store')
  try {
    for await (const piece of pieces) {
      if (gone.signal.aborted) return
      if (!res.write(piece)) await once(res, 'drain', { signal: gone.signal })
    }
    res.end()
  } catch (error) {
    if (gone.signal.aborted) return
    if (!res.headersSent) throw error
    res.destroy(error instanceof Error ? error : undefined)
  }
}
