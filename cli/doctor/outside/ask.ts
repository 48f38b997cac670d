import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** The head of an answer; its body is still to come. Destroy it when done. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: IncomingMessage
}

interface Ask {
  method?: string
  headers?: Record<string, string>
  /** How long the head may take, in milliseconds. */
  timeoutMs: number
}

/** Asks over HTTP/1.1 on a connection of its own; rejects with the system's error, or a TimeoutError. */
export function ask(url: URL, { method = 'GET', headers = {}, timeoutMs }: Ask): Promise<Answer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    // A certificate that is wrong is a finding of its own, and must not hide the others.
    const asked = request(url, { method, headers, agent: false, rejectUnauthorized: false })
    const timer = setTimeout(() => asked.destroy(new DOMException('no answer', 'TimeoutError')), timeoutMs)
    asked.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    asked.on('response', (body) => {
      clearTimeout(timer)
      // A cut in the middle of the body is the reader's to notice.
      body.on('error', () => undefined)
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body })
    })
    asked.end()
  })
}

/** Reads the whole body as text. */
export async function textOf({ body }: Answer): Promise<string> {
  let text = ''
  for await (const chunk of body.setEncoding('utf8')) text += String(chunk)
  return text
}
